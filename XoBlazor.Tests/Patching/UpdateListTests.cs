using System.Text;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Repositories;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Tests.Patching;

/// <summary>What a coordinator's <c>/updates</c> tells, and what it should not.</summary>
public sealed class UpdateListTests
{
    private const string Answer = """
        {"hosts":[{"ref":"OpaqueRef:1","guidance":{"mandatory":[],"recommended":["RebootHost"],"full":[]},"RPMS":["a-1.rpm"],"updates":["U-2","U-1","U-1"],"livepatches":[]},
                  {"ref":"OpaqueRef:2","updates":["U-9"]}],
         "updates":[
          {"id":"U-1","title":"","summary":"Kernel","description":"Repairs.","special-info":"Read this.","URL":"https://example.com/1","type":"security","issued":"20240102T03:04:05Z","severity":"High",
           "livepatches":[],"guidance":{"mandatory":["EvacuateHost"],"recommended":["RestartVM","RebootHost"],"full":["RebootHost","DanceOnTheRoof"],"livepatch":["RestartToolstack"]}},
          {"id":"U-2","title":"Hypervisor","summary":"no","URL":"javascript:alert(1)","issued":"20230101T00:00:00Z","severity":"None","livepatches":[{"component":"xen"}],
           "guidance":{"recommended":["RebootHost"],"livepatch":["RestartToolstack"],"full":["RestartDeviceModel"]}}],
         "hash":"0123abcd"}
        """;

    [Fact]
    public void Read_AsAPoolTellsIt_HasEverythingOfTheHost_TheOldestFirst()
    {
        var found = Read(Answer, "OpaqueRef:1");

        Assert.Equal(("0123abcd", 2), (found.Hash, found.Missing.Length));
        Assert.Equal(("U-2", "Hypervisor", null, null), (found.Missing[0].Id, found.Missing[0].Name, found.Missing[0].Severity, found.Missing[0].Url));
        Assert.Equal([UpdateNeed.RestartToolstack, UpdateNeed.RestartDeviceModels], found.Missing[0].Guidance);
        var kernel = found.Missing[1];
        Assert.Equal(("Kernel", "Repairs.\n\nRead this.", "security", "High", "https://example.com/1", true), (kernel.Name, kernel.Description, kernel.Kind, kernel.Severity, kernel.Url, kernel.NeedsEmptyHost));
        Assert.Equal(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero), kernel.Date);
        Assert.Equal([UpdateNeed.RebootHost, UpdateNeed.RestartVms], kernel.Guidance);
    }

    [Fact]
    public void Read_AnUpdateThatIsNotDescribed_IsMissingAllTheSame() =>
        Assert.Equal(("U-9", "U-9"), (Read(Answer, "OpaqueRef:2").Missing[0].Id, Read(Answer, "OpaqueRef:2").Missing[0].Name));

    [Fact]
    public void Read_AHostThatTheCopyWasMadeWithout_SaysWhatHelps() =>
        Assert.Equal("The pool's copy of its repositories was made without lyon. Synchronise them again.", Refusal(Answer, "OpaqueRef:3"));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"hosts":{},"updates":[],"hash":"1"}""")]
    [InlineData("""{"hosts":[],"hash":"1"}""")]
    [InlineData("""{"hosts":[],"updates":[]}""")]
    [InlineData("""{"hosts":[],"updates":[],"hash":7}""")]
    [InlineData("""{"hosts":[{"ref":"OpaqueRef:1"}],"updates":[],"hash":"1"}""")]
    [InlineData("""{"hosts":[{"ref":"OpaqueRef:1","updates":[7]}],"updates":[],"hash":"1"}""")]
    [InlineData("""{"hosts":[{"ref":"OpaqueRef:1","updates":[""]}],"updates":[],"hash":"1"}""")]
    [InlineData("""{"hosts":[{"ref":"OpaqueRef:1","updates":["\ud800"]}],"updates":[],"hash":"1"}""")]
    [InlineData("""{"hosts":[{"ref":"OpaqueRef:1","updates":["U-1"]}],"updates":[{"id":"U-1","summary":"\ud800"}],"hash":"1"}""")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void Read_OfAnotherForm_IsRefusedByNameOfTheHost(string answer) =>
        Assert.StartsWith("What lyon lacks cannot be read from its pool's answer", Refusal(answer, "OpaqueRef:1"), StringComparison.Ordinal);

    [Fact]
    public void Read_CutAnywhere_IsRefused()
    {
        for (var length = 0; length < Answer.TrimEnd().Length; length++)
            Assert.StartsWith("What lyon lacks", Refusal(Answer[..length], "OpaqueRef:1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooMuch_IsRefused()
    {
        var many = string.Join(',', Enumerable.Range(0, 5001).Select(number => $"\"U-{number}\""));

        Assert.Contains("far too long", Refusal($$"""{"hosts":[{"ref":"OpaqueRef:1","updates":[{{many}}]}],"updates":[],"hash":"1"}""", "OpaqueRef:1"), StringComparison.Ordinal);
        Assert.Contains("more than 5000", Refusal($$"""{"hosts":[],"updates":[{{many}}],"hash":"1"}""", "OpaqueRef:1"), StringComparison.Ordinal);
        Assert.Contains("which state", Refusal($$"""{"hosts":[],"updates":[],"hash":"{{new string('0', 257)}}"}""", "OpaqueRef:1"), StringComparison.Ordinal);
        Assert.Contains("far too long", Assert.Throws<PatchingException>(() => UpdateList.Read(new byte[UpdateList.LongestAnswer + 1], "OpaqueRef:1", "lyon")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LongTexts_AreBounded()
    {
        var update = Read($$$"""{"hosts":[{"ref":"OpaqueRef:1","updates":["U"]}],"updates":[{"id":"U","summary":"{{{new string('s', 9000)}}}","description":"{{{new string('d', 9000)}}}","guidance":7}],"hash":"1"}""", "OpaqueRef:1").Missing[0];

        Assert.Equal((200, 4000, 0), (update.Name.Length, update.Description.Length, update.Guidance.Length));
    }

    private static FoundUpdates Read(string answer, string host) => UpdateList.Read(Encoding.UTF8.GetBytes(answer), host, "lyon");

    private static string Refusal(string answer, string host) => Assert.Throws<PatchingException>(() => Read(answer, host)).Message;
}
