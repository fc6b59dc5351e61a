"""Keeps an inventory in NetBox: pools as clusters, hosts as devices, VMs, their interfaces and addresses. Needs nothing but Python."""
import json
import queue
import sys
import threading

from inventory import Inventory
from netbox import NetBox, NetBoxError
from push import Push

FIRST_PAUSE = 2
LONGEST_PAUSE = 600
REHEARSAL = 20


class Refused(Exception):
    """The server does not do what was asked."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.code = error["code"]


class Server:
    """The other end of standard input and output: JSON-RPC 2.0, a message a line."""

    TOO_MUCH = 4

    def __init__(self):
        self._number = 0
        self._waiting = {}
        self._gate = threading.Lock()

    def send(self, message):
        line = json.dumps({"jsonrpc": "2.0", **message}) + "\n"
        with self._gate:
            sys.stdout.write(line)
            sys.stdout.flush()

    def ask(self, method, /, **parameters):
        # "method" is also the name of a parameter of http.fetch.
        for pause in (1, 2, 4, 8, 15, 30, None):
            try:
                return self._ask(method, parameters)
            except Refused as refused:
                if refused.code != self.TOO_MUCH or pause is None:
                    raise
                threading.Event().wait(pause)

    def _ask(self, method, parameters):
        answer = queue.Queue(1)
        with self._gate:
            self._number += 1
            number = self._number
            self._waiting[number] = answer
        self.send({"id": number, "method": method, "params": parameters})
        message = answer.get()
        if "error" in message:
            raise Refused(message["error"])
        return message.get("result")

    def take_answer(self, message):
        with self._gate:
            waiting = self._waiting.pop(message.get("id"), None)
        if waiting:
            waiting.put(message)


class Plugin:
    def __init__(self, server):
        self.server = server
        self.configuration = {}
        self.is_due = threading.Event()
        self.rehearsal = None
        self.last = "nothing was pushed yet"

    def initialize(self, _):
        return {"id": "netbox-push", "version": "1.0.0", "testable": True}

    def configure(self, parameters):
        self.configuration = parameters["configuration"]
        self.is_due.set()
        return True

    def load(self, _):
        threading.Thread(target=self.work, daemon=True).start()
        return True

    def unload(self, _):
        return True

    def objects_changed(self, _):
        # Each push reads all there is: what changes in between is not missed.
        return True

    def test(self, _):
        """What a push would do now; in a large inventory that takes longer than an answer may."""
        if self.rehearsal is None:
            self.rehearsal = queue.Queue(1)
            threading.Thread(target=self.rehearse, args=(self.rehearsal,), daemon=True).start()
        try:
            found = self.rehearsal.get(timeout=REHEARSAL)
        except queue.Empty:
            return {"would": "still being worked out; test again in a moment", "last": self.last}
        self.rehearsal = None
        if isinstance(found, Exception):
            raise found
        return {"would": found.counts(), "first": found.done[:20], "problems": found.problems[:20], "last": self.last}

    def rehearse(self, result):
        try:
            result.put(self.push(is_rehearsal=True))
        except Exception as problem:
            result.put(problem)

    def push(self, is_rehearsal):
        push = Push(NetBox(self.server.ask, self.configuration), self.configuration, is_rehearsal)
        push.run(Inventory.read(self.server.ask))
        return push

    def work(self):
        """Pushes every so often, at once after a new configuration, and soon again while NetBox does not answer."""
        pause = FIRST_PAUSE
        while True:
            # A configuration is in force a moment after it was told.
            self.is_due.clear()
            threading.Event().wait(0.5)
            try:
                push = self.push(is_rehearsal=False)
                self.say(f"Pushed: {push.counts()}" + "".join(f"\n{problem}" for problem in push.problems))
                pause, wait = FIRST_PAUSE, self.configuration["interval"] * 60
            except Exception as problem:
                # Whatever NetBox answers, the plugin stays.
                self.say(f"Waiting for NetBox: {words(problem)}")
                wait, pause = pause, min(pause * 2, LONGEST_PAUSE)
            self.is_due.wait(wait)

    def say(self, words):
        """Once for each thing there is to say."""
        if words != self.last:
            for line in words.split("\n")[:50]:
                self.server.ask("log", message=line)
        self.last = words


def answer(server, message, method):
    try:
        server.send({"id": message["id"], "result": method(message.get("params", {}))})
    except Exception as problem:
        server.send({"id": message["id"], "error": {"code": -32000, "message": words(problem)}})


def words(problem):
    return str(problem) if isinstance(problem, (NetBoxError, Refused)) else f"it answers with something else than NetBox ({type(problem).__name__}: {problem})"


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
        elif message["method"] == "test":
            # It asks the server in turn, whose answers are read here.
            threading.Thread(target=answer, args=(server, message, plugin.test), daemon=True).start()
        elif message["method"] in methods:
            answer(server, message, methods[message["method"]])
            if message["method"] == "unload":
                return
        else:
            server.send({"id": message["id"], "error": {"code": -32601, "message": f"no method {message['method']}"}})


main()
