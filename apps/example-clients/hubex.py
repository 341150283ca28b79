#!/usr/bin/env python3
"""Tests a webhook receiver against the HubEx mock server, with Python's standard library alone: imports a workbook, waits for the
events, breaks the receiver until HubEx switches the webhook off, and brings it back. No sleep anywhere. Ends with "N passed, N failed".

    python3 hubex.py               HUBEX_MOCK: the command to start, if it is not node_modules/.bin/hubex-mock
"""

import json
import os
import shlex
import subprocess
import sys
import threading
import unittest
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MOCK = shlex.split(os.environ.get("HUBEX_MOCK", "node_modules/.bin/hubex-mock"))
SAMPLES = Path(__file__).resolve().parent.parent / "mock-server" / "samples"
WORKBOOK = Path(os.environ.get("HUBEX_SAMPLE", SAMPLES / "assets-300.xlsx"))
SECRET = "0123456789abcdef0123456789abcdef"


class Receiver(ThreadingHTTPServer):
    """Stands in for your own program: keeps what it gets, unread, and answers `status`."""

    daemon_threads = True
    request_queue_size = 64  # a mass operation is a storm; the default of 5 drops connections

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Delivery)
        self.received, self.status = [], 204
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/hook?key={SECRET}"


class Delivery(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # keeps connections

    def do_POST(self):
        if self.path != f"/hook?key={SECRET}":
            self.close_connection = True
            return self.answer(404)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))  # http.server knows no chunks; yours should
        if self.server.status < 300:
            self.server.received.append(body)
        self.answer(self.server.status)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


class HubexMock:
    """The mock server as a child process. The first line it prints says where it is."""

    def __init__(self):
        self.process = subprocess.Popen([*MOCK, "serve", "--port", "0", "--json"], stdout=subprocess.PIPE, text=True)
        guard = threading.Timer(60, self.process.kill)
        guard.start()
        line = self.process.stdout.readline()
        guard.cancel()
        if not line:
            raise RuntimeError("The mock server did not start.")
        ready = json.loads(line)
        self.api_url, self.control_url, self.token = ready["apiUrl"], ready["controlUrl"], None
        self.token = self.api("POST", "/AUTHZ/AccessTokens", {"serviceToken": ready["serviceToken"]})["access_token"]

    def api(self, method, path, body=None, content_type="application/json"):
        """A call of HubEx. Raises urllib.error.HTTPError for 4xx and 5xx."""
        headers = {"X-Application-ID": "5", "Content-Type": content_type}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.api_url + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as reply:
            text = reply.read()
        return json.loads(text) if text else None

    def import_workbook(self, path):
        boundary = "hubex-example-boundary"
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="File"; filename="{path.name}"\r\n\r\n'
        body = head.encode() + path.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
        self.api("POST", "/IMPORT/Assets", body, f"multipart/form-data; boundary={boundary}")

    def control(self, path):
        """A call of the control plane, such as a wait."""
        with urllib.request.urlopen(self.control_url + path, timeout=60) as reply:
            return json.load(reply)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.process.stdout.close()


class WebhookTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.hubex, cls.receiver = HubexMock(), Receiver()
        cls.addClassCleanup(cls.hubex.stop)
        hook = {"name": "test", "uri": cls.receiver.address, "isActive": True, "events": [40, 41, 42, 43, 44]}
        [cls.webhook] = cls.hubex.api("POST", "/MSG/Webhooks", [hook])

    def edit(self, ids):
        self.hubex.api("PUT", "/ES/Assets", {"assets": ids, "scheduleRuleID": 2})

    def state(self):
        return self.hubex.api("GET", f"/MSG/Webhooks/{self.webhook}")

    # unittest runs them in the order of their names.
    def test_1_a_workbook_causes_one_delivery_for_each_row(self):
        self.hubex.import_workbook(WORKBOOK)
        self.assertTrue(self.hubex.control("/wait?eventId=40&count=300&within=30000")["ok"])
        deliveries = [json.loads(body) for body in self.receiver.received]
        self.assertEqual({delivery["EventID"] for delivery in deliveries}, {40})
        type(self).ids = sorted({delivery["AssetID"] for delivery in deliveries})
        self.assertEqual((len(self.receiver.received), len(self.ids)), (300, 300))

    def test_2_ten_failures_in_a_row_switch_the_webhook_off(self):
        self.receiver.status = 500
        self.edit(self.ids[:10])
        self.assertTrue(self.hubex.control("/settled?within=30000")["settled"])
        self.assertEqual((self.state()["isActive"], self.state()["callsRemaining"]), (False, 0))

    def test_3_what_happens_while_it_is_off_is_lost(self):
        self.receiver.status = 204
        self.edit([self.ids[10]])
        self.hubex.control("/settled?within=30000")
        self.assertEqual(len(self.receiver.received), 300)

    def test_4_activation_brings_it_back(self):
        self.hubex.api("PUT", f"/MSG/Webhooks/activate/{self.webhook}")
        self.edit([self.ids[11]])
        self.assertTrue(self.hubex.control(f"/wait?eventId=41&assetId={self.ids[11]}&within=30000")["ok"])
        self.assertEqual(json.loads(self.receiver.received[-1])["AssetID"], self.ids[11])
        self.assertEqual((self.state()["isActive"], self.state()["callsRemaining"]), (True, 10))


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=2).result
    bad = len(result.failures) + len(result.errors)
    print(f"{max(0, result.testsRun - bad)} passed, {bad} failed")
    sys.exit(1 if bad or result.testsRun == 0 else 0)
