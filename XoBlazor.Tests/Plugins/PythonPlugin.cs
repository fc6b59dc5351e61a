namespace XoBlazor.Tests.Plugins;

/// <summary>What plugins of tests begin with: the wire, and a plugin that says who it is.</summary>
internal static class PythonPlugin
{
    public const string Id = "test-plugin";

    public const string Prelude =
        """
        import itertools, json, os, sys, time
        numbers = itertools.count(1)
        changes = []

        def send(message):
            sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
            sys.stdout.flush()

        def read():
            line = sys.stdin.readline()
            if not line:
                sys.exit(0)
            return json.loads(line)

        def answer(message, result=True):
            send({"id": message["id"], "result": result})

        def handle(message):
            if message["method"] == "objects.changed":
                changes.extend(message["params"]["changes"])
            answer(message)
            if message["method"] == "unload":
                sys.exit(0)

        def ask(method, **parameters):
            number = next(numbers)
            send({"id": number, "method": method, "params": parameters})
            while True:
                message = read()
                if "method" not in message and message["id"] == number:
                    return message
                handle(message)

        def note(key, value):
            return ask("storage.set", key=key, value=json.dumps(value))

        def greet(version="1.0.0"):
            answer(read(), {"id": "test-plugin", "version": version, "testable": True})

        def start():
            greet()
            while True:
                message = read()
                answer(message)
                if message["method"] == "load":
                    return

        def serve():
            while True:
                handle(read())

        """;

    public static string Manifest(string wants = """{"storage": true}""", string version = "1.0.0", string contract = "1.0", string more = "") =>
        $$"""{"id": "{{Id}}", "name": "Test", "version": "{{version}}", "contract": "{{contract}}", "command": ["python3", "main.py"], "wants": {{wants}}{{more}}}""";
}
