using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Core.Xapi.Wire;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Xapi;

/// <summary>What a real xapi answered, byte by byte, in the three protocols.</summary>
public sealed class RecordedAnswersTests
{
    [Theory]
    [InlineData("jsonrpc2")]
    [InlineData("jsonrpc1")]
    [InlineData("xmlrpc")]
    public async Task Open_EveryRecordedAnswer_IsTheValueOrTheFailureItHolds(string protocol)
    {
        var isXml = protocol == "xmlrpc";
        var answers = 0;

        foreach (var (name, body) in Recorded(protocol))
        {
            var wanted = isXml ? ExpectedOfXml(body) : ExpectedOfJson(body);
            var got = await OpenAsync(Encoding.UTF8.GetBytes(body), isXml, WholeAsync);
            Assert.True(wanted == got, $"{name}: wanted {wanted}, got {got}");
            answers++;
        }

        Assert.InRange(answers, 150, 1000);
    }

    [Theory]
    [InlineData("jsonrpc2-068-event-from-empty-star.json")]
    [InlineData("jsonrpc1-068-event-from-empty-star.json")]
    [InlineData("xmlrpc-067-event-from-empty-star.json")]
    public async Task Batch_RecordedStart_HasEveryObjectTheHostCounts(string recording)
    {
        var body = Body(recording);

        var batch = await BatchAsync(Encoding.UTF8.GetBytes(body), recording.StartsWith("xmlrpc"));

        Assert.Empty(batch.Unreadable);
        Assert.Matches(@"^\d{20},\d{20}$", batch.Token);
        Assert.All(new[] { XapiClass.Vm, XapiClass.Host, XapiClass.Vdi, XapiClass.Vbd, XapiClass.Sr, XapiClass.Pif, XapiClass.Network, XapiClass.Pool, XapiClass.VmMetrics },
            type => Assert.Equal(batch.ValidRefCounts[type], batch.Events.Count(e => e.Class == type && e.Operation != EventOperation.Del)));
        Assert.All(batch.Events, e => Assert.Equal(e.Operation != EventOperation.Del, e.Object is not null));
    }

    [Fact]
    public async Task Batch_CutAfterAnyByte_IsATypedFailureAndNeverAnAnswer()
    {
        var whole = Encoding.UTF8.GetBytes(Shortened());

        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole[..length];
            var error = await Record.ExceptionAsync(() => BatchAsync(cut, isXml: false));

            Assert.NotNull(error);
            Assert.NotNull(Unreachable.From(error, XapiEndpoint.Parse("host")));
        }
    }

    [Fact]
    public async Task XmlBatch_CutAfterAnyByte_IsATypedFailureAndNeverAnAnswer()
    {
        var xml = Encoding.UTF8.GetBytes(ToXml(JsonNode.Parse(Shortened())!["result"]!));
        Assert.NotEmpty((await BatchAsync(xml, isXml: true)).Events);

        // The last closing tags add nothing once the value is complete.
        for (var length = 0; length < xml.Length; length++)
        {
            var error = await Record.ExceptionAsync(() => BatchAsync(xml[..length], isXml: true));

            Assert.True(error is not null && Unreachable.From(error, XapiEndpoint.Parse("host")) is not null, $"cut after {length} bytes: {error}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Batch_BytesChanged_IsAnAnswerOrATypedFailure(bool isXml)
    {
        using var run = LongRun.Seeded(usual: 1000, many: 60_000);
        var random = new Random(run.Seed);
        var whole = Encoding.UTF8.GetBytes(isXml ? ToXml(JsonNode.Parse(Shortened())!["result"]!) : Shortened());

        for (var round = 0; round < run.Rounds; round++)
        {
            var broken = whole.ToArray();
            for (var i = random.Next(1, 5); i > 0; i--)
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            var error = await Record.ExceptionAsync(() => BatchAsync(broken, isXml));

            Assert.True(error is null or XapiException || Unreachable.From(error, XapiEndpoint.Parse("host")) is not null, $"seed {run.Seed}, round {round}: {error}");
        }
    }

    [Fact]
    public async Task Batch_InPiecesOfOneByte_IsTheSame()
    {
        var json = Encoding.UTF8.GetBytes(Shortened());

        var batch = await BatchAsync(json, isXml: false, piece: 1);

        var whole = await BatchAsync(json, isXml: false);
        Assert.Equal(whole.Events.Select(e => (e.Class, e.Operation, e.Ref)), batch.Events.Select(e => (e.Class, e.Operation, e.Ref)));
        Assert.All(whole.Events.Zip(batch.Events), pair => Assert.True(XapiCodec.For(pair.First.Class).Compare(pair.First.Object!, pair.Second.Object!).IsEmpty));
    }

    [Fact]
    public async Task Batch_OneBrokenRecord_IsNamedAndTheRestIsThere()
    {
        var json = """{"jsonrpc":"2.0","result":{"events":[{"class":"vm","operation":"add","ref":"OpaqueRef:a","snapshot":{"name_label":"a","domid":"x"}},{"class":"vm","operation":"add","ref":"OpaqueRef:b","snapshot":{"name_label":"b"}}],"valid_ref_counts":{},"token":"1,1"},"id":1}"""u8;

        var batch = await BatchAsync(json.ToArray(), isXml: false);

        Assert.Equal("OpaqueRef:b", Assert.Single(batch.Events).Ref);
        var unreadable = Assert.Single(batch.Unreadable);
        Assert.Equal(("VM", "OpaqueRef:a", "domid"), (unreadable.Class, unreadable.Ref, unreadable.Field));
    }

    [Fact]
    public async Task Batch_EventsOfTheFuture_AreLeftOut()
    {
        var json = """{"jsonrpc":"2.0","result":{"news":{"a":[]},"events":[{"class":"teapot","operation":"add","ref":"OpaqueRef:a","snapshot":{"uuid":"a"}},{"class":"vm","operation":"brew","ref":"OpaqueRef:c","snapshot":{}},{"snapshot":{"uuid":"u","is_new":1},"ref":"OpaqueRef:b","operation":"mod","class":"vm","more":[1]}],"valid_ref_counts":{"teapot":1,"vm":1},"token":"1,1"},"id":1}"""u8;

        var batch = await BatchAsync(json.ToArray(), isXml: false);

        var one = Assert.Single(batch.Events);
        Assert.Equal((XapiClass.Vm, EventOperation.Mod, "OpaqueRef:b", "u"), (one.Class, one.Operation, one.Ref, one.Object!.Uuid));
        Assert.Empty(batch.Unreadable);
    }

    [Fact]
    public async Task Batch_OneEndlessValue_IsRefusedWithoutGatheringIt()
    {
        var json = Encoding.UTF8.GetBytes("""{"result":{"events":[{"class":"vm","operation":"add","ref":"OpaqueRef:a","snapshot":{"name_label":""" + "\"" + new string('x', 1 << 20));

        var error = await Assert.ThrowsAsync<JsonException>(() => BatchAsync(json, isXml: false, limit: 1 << 16));

        Assert.Contains("65536", error.Message);
    }

    [Fact]
    public async Task Batch_LargeAnswer_IsNeverHeldWhole()
    {
        const int events = 200_000;
        var one = """{"id":"1","timestamp":"0.0","class":"teapot","operation":"mod","ref":"OpaqueRef:00000000-0000-0000-0000-000000000000","snapshot":{"uuid":"00000000-0000-0000-0000-000000000000","name_label":"{[}]","tags":["a","b"]}},"""u8.ToArray();
        await using var body = new Repeated("""{"result":{"events":["""u8.ToArray(), one, events, """{"class":"teapot"}],"token":"1,1"},"id":1}"""u8.ToArray());
        using var answer = new AnswerStream(body, 1 << 25);

        var batch = await Envelope.OpenAsync(answer, new RecordAnswer(new(), _ => null).BatchAsync, TestContext.Current.CancellationToken);

        Assert.Equal("1,1", batch.Token);
        Assert.InRange((long)events * one.Length, 40_000_000, long.MaxValue);
        Assert.InRange(answer.HeldBytes, 0, 256 * 1024);
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x \"y\">]><methodResponse/>")]
    [InlineData("<methodResponse><params><param><value><struct><member><name>Value</name></value>")]
    [InlineData("<html/>")]
    public async Task Xml_HostileOrBroken_IsATypedFailure(string xml)
    {
        var error = await Record.ExceptionAsync(() => BatchAsync(Encoding.UTF8.GetBytes(xml), isXml: true));

        Assert.NotNull(error);
        Assert.NotNull(Unreachable.From(error, XapiEndpoint.Parse("host")));
    }

    [Fact]
    public async Task Xml_EndlessName_IsRefusedWithoutGatheringIt()
    {
        var xml = Encoding.UTF8.GetBytes("<methodResponse><params><param><value><" + new string('x', 1 << 20));

        var error = await Record.ExceptionAsync(() => BatchAsync(xml, isXml: true, limit: 1 << 16));

        Assert.IsType<InvalidDataException>(error);
    }

    private static async Task<string> OpenAsync(byte[] body, bool isXml, Func<AnswerStream, CancellationToken, ValueTask<string>> read)
    {
        await using Stream stream = isXml ? new XmlAnswer(new MemoryStream(body), 1 << 25) : new MemoryStream(body);
        using var answer = new AnswerStream(stream, 1 << 25);
        try
        {
            return await Envelope.OpenAsync(answer, read, TestContext.Current.CancellationToken);
        }
        catch (XapiFailureException e)
        {
            return "failure " + string.Join('|', [e.Code, .. e.Parameters]);
        }
        catch (XapiSessionLostException)
        {
            return "failure SESSION_INVALID";
        }
        catch (HostIsSlaveException e)
        {
            return "failure HOST_IS_SLAVE|" + e.Coordinator;
        }
    }

    private static async Task<XapiEventBatch> BatchAsync(byte[] body, bool isXml, int piece = int.MaxValue, int limit = 1 << 25)
    {
        await using Stream pieces = new Pieces(body, piece);
        await using var stream = isXml ? new XmlAnswer(pieces, limit) : pieces;
        using var answer = new AnswerStream(stream, limit);
        return await Envelope.OpenAsync(answer, new RecordAnswer(new(), _ => null).BatchAsync, TestContext.Current.CancellationToken);
    }

    private static async ValueTask<string> WholeAsync(AnswerStream answer, CancellationToken cancellation) =>
        JsonNode.Parse((await answer.ValueAsync(cancellation)).Span)?.ToJsonString() ?? "null";

    private static string ExpectedOfJson(string body)
    {
        var root = JsonNode.Parse(body)!.AsObject();
        return root["error"] switch
        {
            null => root["result"]!.ToJsonString(),
            JsonArray array => Failure(array.Select(i => i!.ToString())),
            var error => Failure([error["message"]!.ToString(), .. error["data"]!.AsArray().Select(i => i!.ToString())]),
        };
    }

    private static string ExpectedOfXml(string body)
    {
        var value = XDocument.Parse(body, LoadOptions.PreserveWhitespace).Root!.Descendants("value").First();
        if (value.Element("struct") is not { } members || members.Elements("member").FirstOrDefault()?.Element("name")?.Value != "Status")
            return Json(value)!.ToJsonString();
        var parts = members.Elements("member").ToDictionary(m => m.Element("name")!.Value, m => m.Element("value")!);
        return parts["Status"].Value == "Success"
            ? Json(parts["Value"])!.ToJsonString()
            : Failure(parts["ErrorDescription"].Descendants("value").Select(v => v.Value));
    }

    private static string Failure(IEnumerable<string> parts) =>
        parts.ToArray() is ["SESSION_INVALID", ..] ? "failure SESSION_INVALID" : "failure " + string.Join('|', parts);

    private static JsonNode? Json(XElement value) => value.Elements().FirstOrDefault() switch
    {
        null => value.Value,
        { Name.LocalName: "struct" } s => new JsonObject(s.Elements("member").Select(m => KeyValuePair.Create(m.Element("name")!.Value, Json(m.Element("value")!)))),
        { Name.LocalName: "array" } a => new JsonArray([.. a.Element("data")!.Elements("value").Select(Json)]),
        { Name.LocalName: "boolean" } b => b.Value == "1",
        { Name.LocalName: "nil" } => null,
        var scalar => scalar.Value,
    };

    private static string ToXml(JsonNode value)
    {
        return $"<?xml version=\"1.0\"?><methodResponse><params><param><value><struct><member><name>Status</name><value>Success</value></member>"
            + $"<member><name>Value</name>{Value(value)}</member></struct></value></param></params></methodResponse>";

        static string Value(JsonNode? node) => "<value>" + node switch
        {
            JsonObject o => "<struct>" + string.Concat(o.Select(m => $"<member><name>{XmlConvert.EncodeName(m.Key)}</name>{Value(m.Value)}</member>")) + "</struct>",
            JsonArray a => "<array><data>" + string.Concat(a.Select(Value)) + "</data></array>",
            JsonValue v when v.GetValueKind() is JsonValueKind.True or JsonValueKind.False => $"<boolean>{(v.GetValue<bool>() ? 1 : 0)}</boolean>",
            _ => new XText(node!.ToString()).ToString(),
        } + "</value>";
    }

    /// <summary>A real batch of four events: one without a record, and records with maps, sets, dates and numbers.</summary>
    private static string Shortened()
    {
        var batch = JsonNode.Parse(SharedData.Bytes("data", "xapi-paired", "modern", "event-from-start.json"))!;
        var events = batch["events"]!.AsArray();
        foreach (var e in events.Where(e => e!["class"]!.ToString() is not ("vbd" or "vm_metrics" or "message") || e["snapshot"] is null).Concat(events.Where(e => e!["class"]!.ToString() == "vbd").Skip(1))
                     .Concat(events.Where(e => e!["class"]!.ToString() == "vm_metrics").Skip(1)).ToList())
            events.Remove(e);
        return new JsonObject { ["jsonrpc"] = "2.0", ["result"] = batch.DeepClone(), ["id"] = 1 }.ToJsonString();
    }

    private static IEnumerable<(string Name, string Body)> Recorded(string protocol) =>
        Directory.EnumerateFiles(SharedData.Path("data", "xapi-wire"), protocol + "-*.json").Order()
            .Select(f => (Path.GetFileName(f), Body: Body(Path.GetFileName(f))))
            .Where(r => r.Body.Length > 0 && !r.Body.StartsWith("<html", StringComparison.Ordinal));

    private static string Body(string file) =>
        JsonNode.Parse(SharedData.Bytes("data", "xapi-wire", file))!["response"]?["body"]?.ToString() ?? "";

    private sealed class Pieces(byte[] whole, int size) : MemoryStream(whole)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, size)], cancellationToken);
    }

    /// <summary>A body of any length that exists nowhere whole.</summary>
    private sealed class Repeated(byte[] head, byte[] part, int times, byte[] tail) : MemoryStream
    {
        private ReadOnlyMemory<byte> _piece = head;
        private int _left = times;
        private bool _isTailGiven;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_piece.IsEmpty && _left-- > 0)
                _piece = part;
            else if (_piece.IsEmpty && !_isTailGiven)
                (_piece, _isTailGiven) = (tail, true);
            var length = Math.Min(buffer.Length, _piece.Length);
            _piece[..length].CopyTo(buffer);
            _piece = _piece[length..];
            return new(length);
        }
    }
}
