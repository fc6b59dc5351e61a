using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Xapi.Codecs;

/// <summary>A context belongs to one thread, so the samples are tried on one.</summary>
public sealed class CodecFuzzTests
{
    [Fact]
    public void Read_RealRecordsWithBytesChanged_FailsAsAWrongValueOrReads()
    {
        using var run = LongRun.Of(usual: 20_000, many: 1_000_000);
        var records = RealRecords();
        var context = new DecodeContext();
        var change = Gen.Select(Gen.Int[0, records.Length - 1], Gen.Select(Gen.Double[0, 1], Gen.Byte).Array[1, 4]);

        change.Sample((record, changes) =>
        {
            var (codec, json) = records[record];
            var broken = json.ToArray();
            foreach (var (place, value) in changes)
                broken[(int)(place * (broken.Length - 1))] = value;

            Attempt(codec, broken, context);
        }, iter: run.Rounds, threads: 1);
    }

    [Fact]
    public void Read_RealRecordsCutAnywhere_IsRefused()
    {
        var (codec, json) = RealRecords().MaxBy(r => r.Json.Length);

        for (var length = 0; length < json.Length; length++)
            Assert.False(Attempt(codec, json.AsSpan(0, length), new()), $"cut after {length} bytes");
    }

    [Fact]
    public void Read_RandomBytes_NeverFailsOtherwise()
    {
        using var run = LongRun.Of(usual: 20_000, many: 1_000_000);
        var context = new DecodeContext();
        var bytes = Gen.OneOf(Gen.Byte.Array[0, 200], Gen.Char["{}[]\":,\\u0123tfn \"name_labl"].Array[0, 200].Select(c => Encoding.UTF8.GetBytes(c)));

        bytes.Sample(json => { Attempt(XapiCodec.For(XapiClass.Vm), json, context); }, iter: run.Rounds, threads: 1);
    }

    [Fact]
    public void Read_HostileTexts_ComeOutAsTheyWent()
    {
        using var run = LongRun.Of(usual: 3000, many: 100_000);
        var codec = XapiCodec.For(XapiClass.Vm);
        var context = new DecodeContext();

        Gen.String[Gen.Char, 0, 300].Sample(text =>
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["name_label"] = text, ["other_config"] = new Dictionary<string, string> { [text] = text } });
            var wanted = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

            var vm = (Vm)codec.Read(json, "OpaqueRef:1", null, context);

            Assert.Equal(wanted, vm.NameLabel);
            Assert.Equal(wanted, vm.OtherConfig[wanted]);
        }, iter: run.Rounds, threads: 1);
    }

    [Fact]
    public void Read_InvalidUtf8_BecomesTheReplacementCharacter()
    {
        byte[] json = [.. "{\"name_label\":\"a"u8, 0xC3, 0x28, 0xFF, .. "b\"}"u8];

        var vm = (Vm)XapiCodec.For(XapiClass.Vm).Read(json, "OpaqueRef:1", null, new());

        Assert.Equal("a\uFFFD(\uFFFDb", vm.NameLabel);
    }

    [Fact]
    public void Read_InvalidUtf8AgainAndAgain_IsNotKeptForSharing()
    {
        byte[] json = [.. "{\"name_label\":\"a"u8, 0xFF, .. "b\"}"u8];
        var context = new DecodeContext();

        for (var i = 0; i < 100; i++)
            XapiCodec.For(XapiClass.Vm).Read(json, "OpaqueRef:1", null, context);

        Assert.Equal(0, context.SharedTexts);
    }

    [Fact]
    public void Read_ManyRecordsThroughOneContext_EqualsReadingEachAlone()
    {
        var records = RealRecords();
        var context = new DecodeContext();

        for (var round = 0; round < 3; round++)
        {
            foreach (var (codec, json) in records)
            {
                var shared = codec.Read(json, "OpaqueRef:1", null, context);
                var alone = codec.Read(json, "OpaqueRef:1", null, new());

                Assert.True(codec.Compare(shared, alone).IsEmpty, codec.WireName);
            }
        }
    }

    [Fact]
    public void Trim_AfterManyDifferentTexts_LetsThemGo()
    {
        var context = new DecodeContext();
        var codec = XapiCodec.For(XapiClass.XapiTask);

        for (var i = 0; i < 100_000; i++)
        {
            codec.Read(Encoding.UTF8.GetBytes($$"""{"uuid":"{{i}}","name_label":"t{{i}}"}"""), "OpaqueRef:1", null, context);
            context.Trim();
        }

        Assert.InRange(context.SharedTexts, 1, 40_000);
    }

    [Fact]
    public void Trim_ATextThatKeepsComing_StaysOneString()
    {
        var context = new DecodeContext();
        var codec = XapiCodec.For(XapiClass.XapiTask);
        var first = Name(0);

        for (var i = 1; i < 2_000; i++)
        {
            Assert.Same(first, Name(i));
            context.Trim();
        }

        string Name(int i) => ((XapiTask)codec.Read(Encoding.UTF8.GetBytes($$"""{"uuid":"{{i}}","name_label":"Async.VM.start"}"""), "OpaqueRef:1", null, context)).NameLabel;
    }

    [Fact]
    public void Trim_AfterOneAnswerWithManyTexts_LetsThemGoAtOnce()
    {
        var context = new DecodeContext();
        var codec = XapiCodec.For(XapiClass.XapiTask);

        for (var i = 0; i < 100_000; i++)
            codec.Read(Encoding.UTF8.GetBytes($$"""{"uuid":"{{i}}"}"""), "OpaqueRef:1", null, context);
        Assert.InRange(context.SharedTexts, 100_000, 101_000);

        context.Trim();
        Assert.Equal(0, context.SharedTexts);
    }

    private static bool Attempt(XapiCodec codec, ReadOnlySpan<byte> json, DecodeContext context)
    {
        try
        {
            codec.Read(json, "OpaqueRef:1", null, context);
            return true;
        }
        catch (JsonException)
        {
            codec.FindBroken(json, context);
            return false;
        }
    }

    private static (XapiCodec Codec, byte[] Json)[] RealRecords() =>
    [
        .. JsonNode.Parse(SharedData.Bytes("data", "xapi-paired", "modern", "event-from-start.json"))!["events"]!.AsArray()
            .Where(e => e!["snapshot"] is not null)
            .Select(e => (XapiCodec.Find(e!["class"]!.ToString())!, Encoding.UTF8.GetBytes(e["snapshot"]!.ToJsonString()))),
    ];
}
