import httpx, json, socket
from tests.factories.senders import *

def test_x(server):
    caller = make_caller()
    h = {"Authorization": f"Bearer {caller.plain}", "Content-Type": "application/json"}
    def gen():
        yield json.dumps(SEND).encode()
    r = httpx.post(server.url + MESSAGES, content=gen(), headers=h, trust_env=False)
    print("chunked", r.status_code, r.text)
    r = httpx.post(server.url + MESSAGES, content=b" "*(13*1024*1024), headers=h, trust_env=False)
    print("large", r.status_code, r.text[:200])
    r = httpx.post(server.url + MESSAGES, content=json.dumps(SEND), headers=h | {"Authorization": "Bearer a\tb"}, trust_env=False)
    print("tab", r.status_code, r.text[:200])
    for raw in (b"POST /api/v1/messages HTTP/1.1\r\nHost: a b\r\nContent-Length: 2\r\n\r\n{}", b"GET /api/v1/\xff HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /api/v1/balance HTTP/1.1\r\n\r\n", b"TRACE /api/v1/balance HTTP/1.1\r\nHost: x\r\n\r\n",b"POST /api/v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n{}", b"GET /api/v1/balance HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\x00b\r\n\r\n"):
        s = socket.create_connection(("127.0.0.1", server.port)); s.sendall(raw); s.settimeout(3)
        try: print(raw[:40], s.recv(2000)[:300])
        except Exception as e: print(raw[:40], repr(e))
    print(open(server._log).read()[-1500:])
