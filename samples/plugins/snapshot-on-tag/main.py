"""Takes a snapshot of a VM when it is given a tag. Needs nothing but Python."""
import itertools
import json
import queue
import sys
import threading


class Server:
    """The other end of standard input and output: JSON-RPC 2.0, a message a line."""

    def __init__(self):
        self._numbers = itertools.count(1)
        self._waiting = {}
        self._writing = threading.Lock()

    def send(self, message):
        with self._writing:
            sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
            sys.stdout.flush()

    def ask(self, method, **parameters):
        number = next(self._numbers)
        answer = self._waiting[number] = queue.Queue(1)
        self.send({"id": number, "method": method, "params": parameters})
        message = answer.get()
        if "error" in message:
            raise RuntimeError(message["error"]["message"])
        return message.get("result")

    def take_answer(self, message):
        waiting = self._waiting.pop(message.get("id"), None)
        if waiting:
            waiting.put(message)


class Plugin:
    def __init__(self, server):
        self.server = server
        self.tag = "snapshot-me"
        self.changes = queue.Queue()

    def initialize(self, _):
        return {"id": "snapshot-on-tag", "version": "1.0.0", "testable": True}

    def configure(self, parameters):
        self.tag = parameters["configuration"]["tag"]
        return True

    def load(self, _):
        threading.Thread(target=self.work, daemon=True).start()
        return True

    def unload(self, _):
        return True

    def test(self, _):
        return {"waiting": self.changes.qsize(), "tag": self.tag}

    def objects_changed(self, parameters):
        # Answered at once: the work is done elsewhere, and may ask the server in turn.
        for change in parameters["changes"]:
            self.changes.put(change)
        return True

    def work(self):
        while True:
            change = self.changes.get()
            try:
                self.look(change)
            except RuntimeError as problem:
                self.server.ask("log", message=f"{change['uuid']}: {problem}")

    def look(self, vm):
        key = f"{vm['pool']}/{vm['uuid']}"
        is_tagged = vm["kind"] != "removed" and self.tag in vm["fields"]["tags"]
        was_tagged = self.server.ask("storage.get", key=key) == self.tag
        if is_tagged and not was_tagged:
            # Noted first: one snapshot too few is better than one at every start.
            self.server.ask("storage.set", key=key, value=self.tag)
            name = f"{vm['fields']['name_label']}, tagged {self.tag}"
            end = self.server.ask("operations.run", operation="vm.snapshot", pool=vm["pool"], id=vm["uuid"], arguments={"name": name})
            self.server.ask("log", message=f"{name}: {end['end']}. {end['message']}")
        elif was_tagged and not is_tagged:
            self.server.ask("storage.delete", key=key)


def main():
    server = Server()
    plugin = Plugin(server)
    methods = {
        "initialize": plugin.initialize,
        "configure": plugin.configure,
        "load": plugin.load,
        "unload": plugin.unload,
        "test": plugin.test,
        "objects.changed": plugin.objects_changed,
    }
    # Standard input ends when the server does, and so does the plugin.
    for line in sys.stdin:
        message = json.loads(line)
        if "method" not in message:
            server.take_answer(message)
        elif message["method"] in methods:
            server.send({"id": message["id"], "result": methods[message["method"]](message.get("params", {}))})
            if message["method"] == "unload":
                return
        else:
            server.send({"id": message["id"], "error": {"code": -32601, "message": f"no method {message['method']}"}})


main()
