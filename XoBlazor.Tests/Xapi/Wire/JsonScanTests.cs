using System.Text;
using System.Text.Json;
using CsCheck;
using XoBlazor.Core.Xapi.Wire;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Xapi.Wire;

public sealed class JsonScanTests
{
    /// <summary>Documents with everything that confuses a scanner: brackets, quotes and backslashes in texts, over the edges of blocks.</summary>
    private static readonly Gen<string> s_text = Gen.Char["ab{}[]\",:\\é \n"].Array[0, 90].Select(c => JsonSerializer.Serialize(new string(c)));
    private static readonly Gen<string> s_document = Gen.Recursive<string>((depth, inner) => depth > 4
        ? s_text
        : Gen.Frequency(
            (3, s_text),
            (1, Gen.Int.Select(i => i.ToString())),
            (2, inner.Array[0, 4].Select(i => "[" + string.Join(',', i) + "]")),
            (2, Gen.Select(s_text, inner).Array[0, 4].Select(m => "{" + string.Join(" , ", m.Select(e => e.Item1 + ":" + e.Item2)) + "}"))));

    [Fact]
    public void ValueLength_AnyDocument_EndsWhereTheDocumentEnds()
    {
        using var run = LongRun.Of(usual: 3000, many: 300_000);

        Gen.Select(s_document, Gen.Int[0, 130]).Sample((document, blanks) =>
        {
            // Wrapped, so that its end is told by a bracket, and followed by what must not be counted.
            var json = Encoding.UTF8.GetBytes("[" + new string(' ', blanks) + document + "]");

            var length = JsonScan.ValueLength([.. json, .. ",\"]}"u8], ended: false);

            Assert.Equal(json.Length, length);
        }, iter: run.Rounds);
    }

    [Fact]
    public void ValueLength_CutAnywhere_IsIncomplete() =>
        s_document.Sample(document =>
        {
            var json = Encoding.UTF8.GetBytes("[" + document + "]");

            for (var cut = 1; cut < json.Length; cut++)
                Assert.Equal(0, JsonScan.ValueLength(json.AsSpan(0, cut), ended: true));
        }, iter: 300);

    [Fact]
    public void ValueLength_NestedWithoutEnd_IsRefused()
    {
        var json = Encoding.UTF8.GetBytes(new string('[', 5000));

        Assert.Throws<JsonException>(() => JsonScan.ValueLength(json, ended: false));
    }

    [Theory]
    [InlineData("12,", 2)]
    [InlineData("-1.5e3]", 6)]
    [InlineData("true}", 4)]
    [InlineData("\"a\\\\\",", 5)]
    [InlineData("\"a\\\"b\" ", 6)]
    public void ValueLength_Scalars_EndBeforeTheNextToken(string json, int length) =>
        Assert.Equal(length, JsonScan.ValueLength(Encoding.UTF8.GetBytes(json), ended: false));
}
