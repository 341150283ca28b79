<?php
// The receiver under test, as PHP's built-in server runs it: php -S 127.0.0.1:3000 receiver.php
// Keeps deliveries in a file and answers what another file says; your own would put them into a queue or a table.
declare(strict_types=1);

$folder = getenv('RECEIVER_FOLDER');
// The whole secret, in constant time, before anything else is looked at.
if (!hash_equals((string) getenv('HUBEX_WEBHOOK_SECRET'), (string) ($_GET['key'] ?? ''))) {
    http_response_code(404);
    return;
}
$status = (int) file_get_contents("$folder/status");
if ($status < 300 && $_SERVER['REQUEST_METHOD'] === 'POST') {
    // One line for each delivery, in one locked write: a real server has several workers.
    $body = str_replace(["\r", "\n"], ' ', file_get_contents('php://input'));
    file_put_contents("$folder/received", "$body\n", FILE_APPEND | LOCK_EX);
}
http_response_code($status);
