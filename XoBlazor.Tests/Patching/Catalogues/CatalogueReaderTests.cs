using System.Text;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Catalogues;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Tests.Patching.Catalogues;

/// <summary>The maker's catalogue, as it is and as it should not be.</summary>
public sealed class CatalogueReaderTests
{
    [Fact]
    public void Read_AsItIsPublished_HasEverything()
    {
        var catalogue = CatalogueReader.Read(Encoding.UTF8.GetBytes("""
            <?xml version="1.0" encoding="utf-8"?>
            <patchdata>
              <serverversions>
                <version value="7.6.0" name="XenServer 7.6" latest="true" timestamp="2018-09-01T00:00:00Z" url="https://example.org/7.6">
                  <patch uuid="AAAAAAAA-0000-4000-8000-000000000001" /><patch uuid="aaaaaaaa-0000-4000-8000-000000000002" /><patch uuid="nothing" />
                </version>
              </serverversions>
              <patches>
                <patch uuid="aaaaaaaa-0000-4000-8000-000000000001" name-label="XS76E001" name-description="Public Availability: Security Updates" timestamp="2018-10-09T12:00:00Z" priority="High"
                  after-apply-guidance="restartHost restartHVM restartPV newWord" installation-size="1048576" url="https://example.org/e1" patch-url="https://example.org/XS76E001.zip" />
                <patch uuid="aaaaaaaa-0000-4000-8000-000000000002" name-label="XS76E002" update-stream="premium" url="file:///etc/passwd" patch-url="https://me:key@example.org/x.zip" installation-size="-1" download-size="77" priority="1" timestamp="soon">
                  <requiredpatches><requiredpatch uuid="aaaaaaaa-0000-4000-8000-000000000001" /></requiredpatches>
                  <conflictingpatches><conflictingpatch uuid="aaaaaaaa-0000-4000-8000-000000000009" /><conflictingpatch uuid="x" /></conflictingpatches>
                </patch>
                <patch uuid="no uuid" name-label="XS76E003" />
              </patches>
            </patchdata>
            """));

        Assert.Equal(["aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"], catalogue.Versions["7.6.0"]);
        Assert.Equal(2, catalogue.Updates.Count);
        var (first, second) = (catalogue.Updates["aaaaaaaa-0000-4000-8000-000000000001"], catalogue.Updates["aaaaaaaa-0000-4000-8000-000000000002"]);
        Assert.Equal([UpdateNeed.RebootHost, UpdateNeed.RestartVms], first.Guidance);
        Assert.Equal(("XS76E001", "High", 1_048_576L, "https://example.org/XS76E001.zip", false), (first.Name, first.Severity, first.Size, first.Download, first.IsPaid));
        Assert.Equal(new DateTimeOffset(2018, 10, 9, 12, 0, 0, TimeSpan.Zero), first.Date);
        Assert.Equal((null, null, 77L, null, "priority 1", true), (second.Url, second.Download, second.Size, second.Date, second.Severity, second.IsPaid));
        Assert.Equal(["aaaaaaaa-0000-4000-8000-000000000001"], second.Requirements);
        Assert.Equal(["aaaaaaaa-0000-4000-8000-000000000009"], second.Conflicts);
    }

    [Theory]
    [InlineData("", "no XML")]
    [InlineData("<html></html>", "begins with 'html'")]
    [InlineData("<patchdata/>", "no updates")]
    [InlineData("<patchdata><patches><patch uuid=\"aaaaaaaa-0000-4000-8000-000000000001\" name-label=\"XS76E001\"/></patches></patchdata>", "no version")]
    [InlineData("<patchdata>", "no XML")]
    [InlineData("<!DOCTYPE p [<!ENTITY a \"aaaa\">]><patchdata>&a;</patchdata>", "no XML")]
    [InlineData("<!DOCTYPE p SYSTEM \"file:///etc/passwd\"><patchdata/>", "no XML")]
    [InlineData("<patchdata><a><a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a></a></patchdata>", "nested too deeply")]
    public void Read_OfAnotherForm_SaysWhatIsWrong(string document, string words)
    {
        var message = Assert.Throws<PatchingException>(() => CatalogueReader.Read(Encoding.UTF8.GetBytes(document))).Message;

        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.StartsWith("This is no catalogue of updates that can be read: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooManyOfAnything_IsRefused()
    {
        var elements = Document(string.Concat(Enumerable.Repeat("<a/>", 250_001)));
        var updates = Document($"<serverversions><version value=\"7.6.0\"/></serverversions><patches>{string.Concat(Enumerable.Range(0, 20_001).Select(number => $"<patch uuid=\"{number:x8}-0000-4000-8000-000000000001\" name-label=\"x\"/>"))}</patches>");

        Assert.Contains("more than 250000 elements", Refusal(elements), StringComparison.Ordinal);
        Assert.Contains("more than 20000 updates", Refusal(updates), StringComparison.Ordinal);
        Assert.Contains("far too long", Refusal(new byte[CatalogueReader.LongestDocument + 1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CutAnywhere_IsRefused()
    {
        var whole = Document("""<serverversions><version value="7.6.0"/></serverversions><patches><patch uuid="aaaaaaaa-0000-4000-8000-000000000001" name-label="XS76E001"/></patches>""");

        Assert.Single(CatalogueReader.Read(whole).Updates);
        for (var length = 0; length < whole.Length; length++)
            Assert.NotEmpty(Refusal(whole[..length]));
    }

    private static byte[] Document(string inside) => Encoding.UTF8.GetBytes($"<patchdata>{inside}</patchdata>");

    private static string Refusal(byte[] document) => Assert.Throws<PatchingException>(() => CatalogueReader.Read(document)).Message;
}
