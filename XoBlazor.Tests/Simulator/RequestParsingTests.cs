using System.Text;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Wire;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator;

public sealed class RequestParsingTests
{
    private const string Json = """{"jsonrpc":"2.0","id":7,"method":"VDI.create","params":["s",{"a":[1,2.5,true,null,"é\u0041"],"b":{"c":"d"}}]}""";

    private const string Xml = """
        <?xml version="1.0"?><methodCall><methodName>VDI.create</methodName><params><param><value><string>s</string></value></param>
        <param><value><struct><member><name>a</name><value><array><data><value><i4>1</i4></value><value><double>2.5</double></value><value><boolean>1</boolean></value>
        <value><nil/></value><value>plain</value></data></array></value></member></struct></value></param></params></methodCall>
        """;

    [Fact]
    public void Json_WithEveryKindOfValue_IsRead()
    {
        var request = JsonRpcRequest.Parse(Encoding.UTF8.GetBytes(Json));

        Assert.Equal((JsonRpcVersion.Two, "7", "VDI.create"), (request.Version, request.Id, request.Call.Method));
        Assert.Equal("[S(s);{a:[I(1);F(2.5);B(true);N;S(éA)];b:{c:S(d)}}]", Arguments.Describe(new SetValue([.. request.Call.Parameters])));
    }

    [Fact]
    public void Xml_WithEveryKindOfValue_IsRead()
    {
        var request = XmlRpc.Parse(Encoding.UTF8.GetBytes(Xml));

        Assert.Equal("VDI.create", request.Method);
        Assert.Equal("[S(s);{a:[I(1);F(2.5);B(true);N;S(plain)]}]", Arguments.Describe(new SetValue([.. request.Parameters])));
    }

    [Fact]
    public void Json_CutAnywhere_IsMalformed()
    {
        var whole = Encoding.UTF8.GetBytes(Json);

        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<MalformedRequestException>(() => JsonRpcRequest.Parse(whole.AsMemory(0, length)));
    }

    [Fact]
    public void Xml_CutAnywhere_IsMalformed()
    {
        var whole = Encoding.UTF8.GetBytes(Xml.TrimEnd());

        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<MalformedRequestException>(() => XmlRpc.Parse(whole.AsMemory(0, length)));
    }

    [Theory]
    [InlineData(Json)]
    [InlineData(Xml)]
    public void Request_BytesChanged_IsReadOrMalformed(string text)
    {
        using var run = LongRun.Seeded(usual: 3000, many: 300_000);
        var random = new Random(run.Seed);
        var whole = Encoding.UTF8.GetBytes(text);

        for (var round = 0; round < run.Rounds; round++)
        {
            var broken = whole.ToArray();
            for (var i = random.Next(1, 5); i > 0; i--)
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            var error = Record.Exception(() => { _ = text == Json ? JsonRpcRequest.Parse(broken).Call : XmlRpc.Parse(broken); });

            Assert.True(error is null or MalformedRequestException, $"seed {run.Seed}, round {round}: {error}");
        }
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"a","params":["\ud800"]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":99999999999999999999,"method":"a","params":[]}""")]
    [InlineData("""{"jsonrpc":2.0,"id":1,"method":"a","params":[]}""")]
    [InlineData("""{"id":1,"method":"a","params":{}}""")]
    public void Json_OfWrongShape_IsMalformed(string body) =>
        Assert.Throws<MalformedRequestException>(() => JsonRpcRequest.Parse(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Nesting_WithoutEnd_IsMalformed()
    {
        var json = $$"""{"jsonrpc":"2.0","id":1,"method":"a","params":{{new string('[', 100_000)}}""";
        var xml = "<methodCall><methodName>a</methodName><params><param>" + string.Concat(Enumerable.Repeat("<value><array><data>", 9_000))
            + string.Concat(Enumerable.Repeat("</data></array></value>", 9_000)) + "</param></params></methodCall>";

        Assert.Throws<MalformedRequestException>(() => JsonRpcRequest.Parse(Encoding.UTF8.GetBytes(json)));
        Assert.Throws<MalformedRequestException>(() => XmlRpc.Parse(Encoding.UTF8.GetBytes(xml)));
    }

    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(1.5, "1.5")]
    [InlineData(1e22, "1e+22")]
    [InlineData(1e-7, "1e-07")]
    [InlineData(double.NaN, "NaN")]
    public void Float_InJson_IsSpelledAsXapiDoes(double number, string expected) => Assert.Equal(expected, Encoding.UTF8.GetString(JsonText.Of(number)));
}
