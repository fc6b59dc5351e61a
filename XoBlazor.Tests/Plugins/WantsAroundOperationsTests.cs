using System.Text;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Plugins;

namespace XoBlazor.Tests.Plugins;

/// <summary>What plugins may want of operations, the audit and the clock, and how an administrator reads it.</summary>
public sealed class WantsAroundOperationsTests
{
    private static readonly OperationCatalogue s_operations = new(VmOperations.All);

    [Theory]
    [InlineData("""{"before": [{"operation": "vm.start", "otherwise": "refuse"}]}""", "before: vm.start, otherwise refuse", "be told who is about to do 'Start (vm.start)' to what, and forbid it; nobody can do it while the plugin does not answer")]
    [InlineData("""{"before": [{"operation": "vm.start", "otherwise": "allow"}]}""", "before: vm.start, otherwise allow", "be told who is about to do 'Start (vm.start)' to what, and forbid it; while the plugin does not answer, nobody is hindered")]
    [InlineData("""{"after": ["vm.start"]}""", "after: vm.start", "be told who did 'Start (vm.start)' to what, and how it ended")]
    [InlineData("""{"audit": true}""", "audit", "read all that is written into the audit: who did what, when and from where, in all pools and in the server itself")]
    [InlineData("""{"schedule": [{"name": "tidy", "every": "00:01:30"}]}""", "schedule: tidy, every 00:01:30", "work at 'tidy' by itself, every 1 minute 30 seconds")]
    [InlineData("""{"schedule": [{"name": "tidy", "every": "1.00:00:00"}]}""", "schedule: tidy, every 1.00:00:00", "work at 'tidy' by itself, every day")]
    [InlineData("""{"schedule": [{"name": "report", "at": "02:30"}]}""", "schedule: report, at 02:30", "work at 'report' by itself, daily at 02:30 of the server's time zone")]
    public void Want_IsReadAndToldInWords(string wants, string text, string words)
    {
        var want = Assert.Single(Read(wants).Wants.All);

        Assert.Equal((text, words), (want.Text, want.Words(s_operations)));
        Assert.Null(want.Problem(s_operations));
    }

    [Theory]
    [InlineData("""{"before": ["vm.start"]}""", "'wants.before' has to be an object")]
    [InlineData("""{"before": [{"operation": "vm.start", "otherwise": "perhaps"}]}""", "has to be 'refuse' or 'allow'")]
    [InlineData("""{"before": [{"operation": "vm.start"}]}""", "'otherwise' is missing")]
    [InlineData("""{"schedule": [{"name": "Tidy Up", "every": "00:15:00"}]}""", "lower-case letters, digits and dashes")]
    [InlineData("""{"schedule": [{"name": "tidy", "every": "00:00:01"}]}""", "from a minute to 31 days")]
    [InlineData("""{"schedule": [{"name": "tidy", "every": "soon"}]}""", "has to be like 00:15:00")]
    [InlineData("""{"schedule": [{"name": "tidy", "at": "25:00"}]}""", "has to be like 02:30")]
    [InlineData("""{"schedule": [{"name": "tidy"}]}""", "either 'every'")]
    [InlineData("""{"schedule": [{"name": "tidy", "every": "00:15:00", "at": "02:30"}]}""", "either 'every'")]
    [InlineData("""{"schedule": [{"name": "tidy", "every": "00:15:00"}, {"name": "tidy", "at": "02:30"}]}""", "the name 'tidy' twice")]
    [InlineData("""{"audit": "yes"}""", "has to be true or false")]
    public void Want_ThatCannotBeGiven_IsRefusedInWords(string wants, string words) =>
        Assert.Contains(words, Assert.Throws<PluginException>(() => Read(wants)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"before": [{"operation": "vm.fly", "otherwise": "allow"}]}""")]
    [InlineData("""{"after": ["vm.fly"]}""")]
    public void Operation_ThatIsNotThere_IsNamed(string wants) =>
        Assert.Equal("the operation 'vm.fly', which this server does not have.", Read(wants).Wants.All[0].Problem(s_operations));

    private static PluginManifest Read(string wants) => ManifestReader.Read(Encoding.UTF8.GetBytes(PythonPlugin.Manifest(wants)));
}
