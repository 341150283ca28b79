<?php
// Tests a webhook receiver against the HubEx mock server, with PHP alone (no extension, no Composer): imports a workbook, waits for the
// events, breaks the receiver until HubEx switches the webhook off, and brings it back. No sleep anywhere. Ends with "N passed, N failed".
//
//   php hubex.php                  HUBEX_MOCK: the command to start, if it is not node_modules/.bin/hubex-mock
declare(strict_types=1);

const SECRET = '0123456789abcdef0123456789abcdef';
$workbook = getenv('HUBEX_SAMPLE') ?: __DIR__ . '/../mock-server/samples/assets-300.xlsx';
$folder = sys_get_temp_dir() . '/hubex-' . bin2hex(random_bytes(8));
mkdir($folder);
[$passed, $failed] = [0, 0];
$children = [];

// However this script ends, nothing it has started stays behind.
register_shutdown_function(function () use (&$children, &$passed, &$failed, $folder): void {
    foreach ($children as $child) {
        proc_terminate($child);
        proc_close($child);
    }
    array_map('unlink', glob("$folder/*"));
    rmdir($folder);
    if (error_get_last() !== null || $passed + $failed === 0) {
        $failed++;
    }
    echo "$passed passed, $failed failed\n";
    exit($failed > 0 ? 1 : 0);
});

function check(string $what, mixed $actual, mixed $expected): void
{
    global $passed, $failed;
    $actual === $expected ? $passed++ : $failed++;
    echo $actual === $expected ? "ok      $what\n" : sprintf("not ok  %s: %s, not %s\n", $what, json_encode($actual), json_encode($expected));
}

/** Starts a program and returns the first line that it prints on stdout (1) or stderr (2) and that matches. */
function start(array $command, int $stream, string $pattern, array $env = []): string
{
    global $children;
    $pipes = [];
    $kinds = [0 => ['file', '/dev/null', 'r'], 1 => STDOUT, 2 => STDERR, $stream => ['pipe', 'w']];
    $children[] = proc_open($command, $kinds, $pipes, null, $env + getenv());
    stream_set_timeout($pipes[$stream], 60);
    while (($line = fgets($pipes[$stream])) !== false) {
        if (preg_match($pattern, $line, $found)) {
            return $found[1];
        }
    }
    throw new RuntimeException("$command[0] did not start.");
}

/** One call over HTTP; refuses to go on after an error. */
function call(string $method, string $url, array $headers = [], ?string $body = null): mixed
{
    $http = ['method' => $method, 'header' => $headers, 'content' => $body ?? '', 'timeout' => 60, 'ignore_errors' => true];
    $text = file_get_contents($url, false, stream_context_create(['http' => $http]));
    $status = (int) explode(' ', $http_response_header[0])[1];
    if ($status >= 400) {
        throw new RuntimeException("$method $url was answered $status: $text");
    }
    return json_decode($text, true);
}

$command = preg_split('/\s+/', getenv('HUBEX_MOCK') ?: 'node_modules/.bin/hubex-mock');
$ready = json_decode(start([...$command, 'serve', '--port', '0', '--json'], 1, '/^(\{.*\})/'), true);
$token = call('POST', "$ready[apiUrl]/AUTHZ/AccessTokens", ['Content-Type: application/json'], json_encode(['serviceToken' => $ready['serviceToken']]))['access_token'];

/** A call of HubEx. */
$api = function (string $method, string $path, mixed $body = null, string $type = 'application/json') use ($ready, $token): mixed {
    $headers = ["Authorization: Bearer $token", 'X-Application-ID: 5', "Content-Type: $type"];
    return call($method, $ready['apiUrl'] . $path, $headers, is_string($body) || $body === null ? $body : json_encode($body));
};
/** A call of the control plane, such as a wait. */
$mock = fn (string $path): array => call('GET', $ready['controlUrl'] . $path);
/** What the receiver says from now on. */
$answer = fn (int $status) => file_put_contents("$folder/status", (string) $status);
/** What the receiver has got. */
$received = fn (): array => array_map(fn ($line) => json_decode($line, true), file("$folder/received"));

// The receiver. (With PHP_CLI_SERVER_WORKERS it would answer several at once, and its workers would outlive it: not for a test.)
$answer(204);
touch("$folder/received");
$env = ['RECEIVER_FOLDER' => $folder, 'HUBEX_WEBHOOK_SECRET' => SECRET];
$address = start([PHP_BINARY, '-S', '127.0.0.1:0', __DIR__ . '/receiver.php'], 2, '~\((http://[\d.:]+)\) started~', $env);
[$webhook] = $api('POST', '/MSG/Webhooks', [['name' => 'test', 'uri' => "$address/hook?key=" . SECRET, 'isActive' => true, 'events' => [40, 41, 42, 43, 44]]]);
$edit = fn (array $ids) => $api('PUT', '/ES/Assets', ['assets' => $ids, 'scheduleRuleID' => 2]);

// 300 assets from Excel: one delivery of 40 for each.
$boundary = bin2hex(random_bytes(16));
$part = "--$boundary\r\nContent-Disposition: form-data; name=\"File\"; filename=\"assets.xlsx\"\r\n\r\n" . file_get_contents($workbook);
$api('POST', '/IMPORT/Assets', "$part\r\n--$boundary--\r\n", "multipart/form-data; boundary=$boundary");
check('HubEx delivered 40 for every row', $mock('/wait?eventId=40&count=300&within=30000')['ok'], true);
$ids = array_values(array_unique(array_column($received(), 'AssetID')));
check('the receiver has them all, each about another asset', [count($received()), count($ids)], [300, 300]);

// Ten failures in a row, and HubEx switches the webhook off.
$answer(500);
$edit(array_slice($ids, 0, 10));
check('everything was tried', $mock('/settled?within=30000')['settled'], true);
$state = $api('GET', "/MSG/Webhooks/$webhook");
check('the webhook is off, and no calls remain', [$state['isActive'], $state['callsRemaining']], [false, 0]);

// What happens now is lost: a receiver has to read the assets again when it is back.
$answer(204);
$edit([$ids[10]]);
$mock('/settled?within=30000');
check('nothing comes while it is off', count($received()), 300);

// Back again.
$api('PUT', "/MSG/Webhooks/activate/$webhook");
$edit([$ids[11]]);
check('the next change is delivered', $mock("/wait?eventId=41&assetId=$ids[11]&within=30000")['ok'], true);
check('the receiver has it', array_slice(array_column($received(), 'AssetID'), -1), [$ids[11]]);
$state = $api('GET', "/MSG/Webhooks/$webhook");
check('it is on again, and ten calls remain', [$state['isActive'], $state['callsRemaining']], [true, 10]);
