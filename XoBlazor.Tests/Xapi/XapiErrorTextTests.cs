using System.Text.RegularExpressions;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Tests.Xapi;

public sealed partial class XapiErrorTextTests
{
    /// <summary>Codes that only older hosts send, which the datamodel has forgotten.</summary>
    private static readonly string[] s_old = ["VM_LACKS_FEATURE_SHUTDOWN", "VM_LACKS_FEATURE_SUSPEND", "POOL_HOSTS_NOT_HOMOGENEOUS"];

    private static string? NameOf(string reference) => reference == "OpaqueRef:web" ? "web-1" : null;

    [Theory]
    [InlineData("web-1 is running; this needs it to be halted.", "VM_BAD_POWER_STATE", "OpaqueRef:web", "halted", "running")]
    [InlineData("The disk an object that is gone is read-only.", "VDI_READONLY", "OpaqueRef:other")]
    [InlineData("The storage is full: 10 GiB are needed, at most 1.5 MiB can be given.", "SR_FULL", "10737418240", "1572864")]
    [InlineData("The storage driver failed (number 46): The VDI is not available [opterr=x]. Its log is /var/log/SMlog on the host that has the storage attached.", "SR_BACKEND_FAILURE_46", "", "The VDI is not available [opterr=x]", "")]
    [InlineData("The pool refused this: brand new code (BRAND_NEW_CODE: web-1, 7).", "BRAND_NEW_CODE", "OpaqueRef:web", "7")]
    [InlineData("The pool refused this: brand new code (BRAND_NEW_CODE).", "BRAND_NEW_CODE")]
    [InlineData("The host has not enough free memory: 2 GiB are needed, 1 GiB are free. Free some or choose another host.", "HOST_NOT_ENOUGH_FREE_MEMORY", "2147483648", "1073741824")]
    [InlineData("No other host has enough free memory for web-1. Free some, or shut down VMs elsewhere.", "HOST_NOT_ENOUGH_FREE_MEMORY", "OpaqueRef:web")]
    [InlineData("? is ?; this needs it to be ?.", "VM_BAD_POWER_STATE")]
    public void Of_CodeAndParameters_SaysItWithNames(string sentence, string code, params string[] parameters) =>
        Assert.Equal(sentence, XapiErrorText.Of(code, parameters, NameOf));

    [Fact]
    public void Sentences_EveryPlace_IsAParameterOfTheDatamodel()
    {
        var checkout = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(checkout!.FullName, "XoBlazor.sln")))
            checkout = checkout.Parent;
        var known = File.ReadLines(Path.Combine(checkout.FullName, "datamodel", "xapi.tsv")).Select(l => l.Split('\t'))
            .Where(c => c[0] is "error" or "error-code").ToLookup(c => c[1], c => c.Length - 2);

        Assert.All(XapiErrorSentences.ByCode.Where(e => !s_old.Contains(e.Key)), entry =>
        {
            var (code, sentence) = entry;
            Assert.True(known.Contains(code), $"the datamodel has no error {code}");
            Assert.All(Place().Matches(sentence), m => Assert.True(
                int.Parse(m.Groups[1].Value) < known[code].Max() || known[code].Max() == 0, $"{code} has no parameter {m.Value}"));
            Assert.EndsWith(".", sentence);
        });
    }

    [GeneratedRegex(@"\{(\d)(?::bytes)?\}")]
    private static partial Regex Place();
}
