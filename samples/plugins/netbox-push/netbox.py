"""NetBox's REST API, through the server."""
import json
from urllib.parse import urlencode

PAGE = 100


class NetBoxError(Exception):
    """NetBox cannot be asked, or does not answer as it should."""


class NetBoxRefused(NetBoxError):
    """NetBox answers, and does not want this."""


class NetBox:
    def __init__(self, ask, configuration):
        self._ask = ask
        self._root = configuration["url"].rstrip("/") + "/api/"
        self._headers = {"Authorization": f"Token {configuration['token']}", "Accept": "application/json", "Content-Type": "application/json"}

    def list(self, path, **filters):
        """All of a list, in pages whose addresses are made here: those that an answer names are not followed."""
        found = []
        while True:
            page = self.send("GET", path, None, {**filters, "limit": PAGE, "offset": len(found)})
            found += page["results"]
            if not page["results"] or len(found) >= page["count"]:
                return found

    def send(self, method, path, body=None, query=None):
        url = f"{self._root}{path}/" + (f"?{urlencode(query)}" if query else "")
        parameters = {"method": method, "url": url, "headers": self._headers}
        if body is not None:
            parameters["body"] = json.dumps(body)
        answer = self._ask("http.fetch", **parameters)
        status, text = answer["status"], answer.get("body", "")
        if status in (400, 404, 409):
            raise NetBoxRefused(f"{method} {path}: {text[:300]}")
        if status in (401, 403):
            raise NetBoxError(f"it does not accept the token for {method} {path}. Give it one of a user with the rights to that.")
        if status not in (200, 201, 204):
            raise NetBoxError(f"it answers {status} to {method} {path}")
        if not text:
            return None
        try:
            return json.loads(text)
        except ValueError:
            raise NetBoxError(f"it does not answer {method} {path} with JSON. Is {self._root} its address?") from None
