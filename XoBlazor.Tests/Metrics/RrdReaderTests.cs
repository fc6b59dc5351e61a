using System.Text;
using System.Xml;
using XoBlazor.Core.Metrics;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Metrics;

/// <summary>What hosts of all ages answer, and what hosts never should.</summary>
public sealed class RrdReaderTests
{
    private const string Host = "11111111-1111-4111-8111-111111111111";
    private const string Vm = "22222222-2222-4222-8222-222222222222";

    private const string Modern = """
        {"meta":{"start":"100","step":"5","end":"110","rows":"3","columns":"4","legend":["AVERAGE:host:11111111-1111-4111-8111-111111111111:loadavg","AVERAGE:vm:22222222-2222-4222-8222-222222222222:cpu0","MAX:vm:22222222-2222-4222-8222-222222222222:cpu0","AVERAGE:pbis:x:y"]},
         "data":[{"t":"110","values":["1.5","0.25","9","9"]},{"t":"105","values":["NaN","0.5","9","9"]},{"t":"100","values":["Infinity","1e-3","9","9"]}]}
        """;

    private const string Nested = """
        {"meta":{"start":"100","step":"5","end":"110","rows":"3","columns":"2","legend":["AVERAGE:host:11111111-1111-4111-8111-111111111111:loadavg","AVERAGE:vm:22222222-2222-4222-8222-222222222222:cpu0"],
         "data":[{"t":"110","values":["1.5","0.25"]},{"t":"105","values":["NaN","0.5"]},{"t":"100","values":["-Infinity","0.001"]}]}}
        """;

    private const string Bare = """
        {"meta":{"start":100,"step":5,"end":110,"rows":3,"columns":2,"legend":["AVERAGE:host:11111111-1111-4111-8111-111111111111:loadavg","AVERAGE:vm:22222222-2222-4222-8222-222222222222:cpu0"]},
         "data":[{"t":110,"values":[1.5,0.25]},{"t":105,"values":[NaN,0.5]},{"t":100,"values":[Infinity,0.001]}]}
        """;

    private const string Xml = """
        <xport><meta><start>100</start><step>5</step><end>110</end><rows>3</rows><columns>2</columns>
        <legend><entry>AVERAGE:host:11111111-1111-4111-8111-111111111111:loadavg</entry><entry>AVERAGE:vm:22222222-2222-4222-8222-222222222222:cpu0</entry></legend></meta>
        <data><row><t>110</t><v>1.5</v><v>0.25</v></row><row><t>105</t><v>NaN</v><v>0.5</v></row><row><t>100</t><v>Infinity</v><v>0.001</v></row></data></xport>
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> AllForms => [Modern, Nested, Bare, Xml];

    [Theory]
    [MemberData(nameof(AllForms))]
    public async Task Answer_OfAnyAge_IsReadOldestFirst(string text)
    {
        foreach (var piece in (int[])[1, 7, 100_000])
        {
            var metrics = await ReadAsync(text, piece: piece);

            var (host, vm) = (metrics.Of(MetricsOwner.Host, Host), metrics.Of(MetricsOwner.Vm, Vm));
            Assert.Equal((DateTimeOffset.FromUnixTimeSeconds(110), TimeSpan.FromSeconds(5), 3), (vm.End, vm.Step, vm.Count));
            Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(100), vm.TimeOf(0));
            Assert.Equal([0.001f, 0.5f, 0.25f], vm["cpu0"]!.Value);
            Assert.Equal([float.NaN, float.NaN, 1.5f], host["loadavg"]!.Value);
            Assert.Empty(metrics.Of(MetricsOwner.Vm, Host).Series);
        }
    }

    [Fact]
    public async Task Answer_WithRowsInAnyOrder_AndGaps_HasEachValueInItsPlace()
    {
        var text = $$"""{"unknown":{"a":[1,{"b":2}]},"meta":{"step":60,"legend":["AVERAGE:vm:{{Vm}}:cpu0"]},"data":[{"t":60,"values":[1]},{"t":300,"more":[],"values":[5]},{"t":120,"values":[2]}]}""";

        var vm = (await ReadAsync(text)).Of(MetricsOwner.Vm, Vm);

        Assert.Equal([1f, 2f, float.NaN, float.NaN, 5f], vm["cpu0"]!.Value);
    }

    [Fact]
    public async Task Answer_WithMoreThanWasAskedFor_IsCutToTheNewest()
    {
        var metrics = await ReadAsync(Modern, most: 2);

        Assert.Equal([0.5f, 0.25f], metrics.Of(MetricsOwner.Vm, Vm)["cpu0"]!.Value);
    }

    [Fact]
    public async Task Answer_WithoutRows_HasNoFigures()
    {
        var metrics = await ReadAsync("""{"meta":{"step":"5","legend":[]},"data":[]}""");

        Assert.Equal(0, metrics.Of(MetricsOwner.Vm, Vm).Count);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("12")]
    [InlineData("{\"meta\":[]}")]
    [InlineData("{\"meta\":{\"step\":\"x\"}}")]
    [InlineData("{\"meta\":{\"step\":0,\"legend\":[]},\"data\":[]}")]
    [InlineData("{\"meta\":{\"step\":-5,\"legend\":[]},\"data\":[]}")]
    [InlineData("{\"data\":[{\"t\":1,\"values\":[1]}]}")]
    [InlineData("{\"meta\":{\"step\":5,\"legend\":[\"AVERAGE:vm:x:y\"]},\"data\":[{\"t\":5,\"values\":[1,2]}]}")]
    [InlineData("{\"meta\":{\"step\":5,\"legend\":[\"a\",\"b\"]},\"data\":[{\"t\":5,\"values\":[1]}]}")]
    [InlineData("{\"meta\":{\"step\":5,\"legend\":[\"a\"]},\"data\":[{\"t\":-5,\"values\":[1]}]}")]
    [InlineData("{\"meta\":{\"step\":5,\"legend\":[\"a\"]},\"data\":[{\"t\":1e300,\"values\":[1]}]}")]
    [InlineData("{\"meta\":{\"step\":5,\"legend\":[]},\"data\":[]} more")]
    [InlineData("<xport><meta><step>5</step><legend><entry>a</entry></legend></meta><data><row><t>5</t></row></data></xport>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><xport>&a;</xport>")]
    [InlineData("<html><body>404</body></html>")]
    public async Task Answer_ThatIsNone_IsRefused(string text)
    {
        var failed = await Record.ExceptionAsync(() => ReadAsync(text));

        Assert.True(failed is InvalidDataException or XmlException or EndOfStreamException, $"{failed}");
    }

    [Fact]
    public async Task Answer_WithoutEnd_IsRefused_WhateverItGoesOnWith()
    {
        foreach (var again in (string[])["\"AVERAGE:vm:22222222-2222-4222-8222-222222222222:cpu0\",", "x", "[", "{\"a\":"])
        {
            var failed = await Record.ExceptionAsync(() => RrdReader.ReadAsync(new EndlessStream("{\"meta\":{\"legend\":[", again), 120, Token));
            Assert.True(failed is InvalidDataException, $"{again}: {failed}");
        }

        var rows = await Record.ExceptionAsync(() => RrdReader.ReadAsync(new EndlessStream("{\"meta\":{\"step\":5,\"legend\":[\"a\"]},\"data\":[", "{\"t\":1,\"values\":[1]},"), 120, Token));
        Assert.True(rows is InvalidDataException, $"{rows}");
    }

    [Theory]
    [MemberData(nameof(AllForms))]
    public async Task Answer_CutAnywhere_IsNotTakenForWhole(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.TrimEnd());
        for (var length = 0; length < bytes.Length; length++)
        {
            var failed = await Record.ExceptionAsync(() => RrdReader.ReadAsync(new PieceStream(bytes[..length], 64), 120, Token));
            Assert.True(failed is EndOfStreamException or InvalidDataException or XmlException, $"{length}: {failed}");
        }
    }

    [Fact]
    public async Task Answer_WithBytesChanged_IsReadOrRefused()
    {
        using var run = LongRun.Seeded(usual: 2000, many: 200_000);
        var random = new Random(run.Seed);
        for (var round = 0; round < run.Rounds; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(AllForms.ElementAt(random.Next(AllForms.Count)).Data);
            for (var change = random.Next(1, 5); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            var failed = await Record.ExceptionAsync(() => RrdReader.ReadAsync(new PieceStream(bytes, 64), 120, Token));

            Assert.True(failed is null or EndOfStreamException or InvalidDataException or XmlException, $"seed {run.Seed}, round {round}: {failed}\n{Encoding.Latin1.GetString(bytes)}");
        }
    }

    private static Task<HostFigures> ReadAsync(string text, int most = 120, int piece = 50) => RrdReader.ReadAsync(new PieceStream(Encoding.UTF8.GetBytes(text), piece), most, Token);

    /// <summary>Gives its bytes in small pieces, as a network may.</summary>
    private sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => base.ReadAsync(buffer, offset, Math.Min(piece, count), cancellationToken);
    }

    /// <summary>A beginning, and then the same for ever.</summary>
    private sealed class EndlessStream(string beginning, string again) : MemoryStream
    {
        private readonly byte[] _again = Encoding.UTF8.GetBytes(again);
        private byte[] _rest = Encoding.UTF8.GetBytes(beginning);
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_at == _rest.Length)
                (_rest, _at) = (_again, 0);
            var length = Math.Min(buffer.Length, _rest.Length - _at);
            _rest.AsSpan(_at, length).CopyTo(buffer.Span);
            _at += length;
            return new(length);
        }
    }
}
