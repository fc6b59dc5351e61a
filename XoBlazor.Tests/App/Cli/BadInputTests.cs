using System.Net;
using System.Net.Sockets;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Cli;

/// <summary>Each mistake of an administrator: one line that says what to do, an exit code, no stack trace, and the process is gone.</summary>
public sealed class BadInputTests
{
    private const string Local = "http://127.0.0.1:0";

    [Fact]
    public async Task Start_WithABrokenSettingsFile_NamesFileAndPlace()
    {
        using var folder = new TempFolder();
        var file = folder.Write("appsettings.json", "{ \"Urls\": ");

        var (code, output) = await ServerProcess.RunAsync("--data-dir", folder.Path, "--urls", Local);

        AssertRefused(code, output, file, "broken");
    }

    [Fact]
    public async Task Start_WithAConfigFileThatIsNotThere_SaysSo()
    {
        using var folder = new TempFolder();

        var (code, output) = await ServerProcess.RunAsync("--data-dir", folder.Path, "--config", folder.File("absent.json"));

        AssertRefused(code, output, "absent.json", "does not exist");
    }

    [Fact]
    public async Task Start_OnAPortInUse_NamesTheAddress()
    {
        using var folder = new TempFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (code, output) = await ServerProcess.RunAsync("--data-dir", folder.Path, "--urls", $"http://127.0.0.1:{port}");

        AssertRefused(code, output, port.ToString(), "--urls");
    }

    [Theory]
    [InlineData("http://0.0.0.0:9080", "unencrypted")]
    [InlineData("gopher://127.0.0.1:70", "not an address")]
    [InlineData("https://127.0.0.1:99999", "not an address")]
    [InlineData("nonsense", "not an address")]
    [InlineData("https://198.51.100.7:9443", "does not belong to this machine")]
    public async Task Start_OnAWrongAddress_SaysWhatIsWrong(string urls, string reason)
    {
        using var folder = new TempFolder();

        var (code, output) = await ServerProcess.RunAsync("--data-dir", folder.Path, "--urls", urls);

        AssertRefused(code, output, reason, "xo-blazor:");
    }

    [Fact]
    public async Task Start_InADirectoryThatIsAFile_SaysSo()
    {
        using var folder = new TempFolder();
        var file = folder.Write("file", "");

        var (code, output) = await ServerProcess.RunAsync("--data-dir", file, "--urls", Local);

        AssertRefused(code, output, file, "--data-dir");
    }

    [Fact]
    public async Task Start_InADirectoryThatCannotBeMade_SaysSo()
    {
        var (code, output) = await ServerProcess.RunAsync("--data-dir", "/proc/xo-blazor", "--urls", Local);

        AssertRefused(code, output, "/proc/xo-blazor", "data directory");
    }

    [Fact]
    public async Task Start_OnAFullDisk_SaysSo()
    {
        using var folder = new TempFolder();
        // Every write to /dev/full fails like one to a full disk.
        File.CreateSymbolicLink(folder.File("xo-blazor.db"), "/dev/full");

        var (code, output) = await ServerProcess.RunAsync("--data-dir", folder.Path, "--urls", Local);

        AssertRefused(code, output, "xo-blazor.db", "database");
    }

    [Fact]
    public async Task Start_OnADatabaseThatIsNone_SaysSoAndKeepsIt()
    {
        using var folder = new TempFolder();
        var file = folder.Write("xo-blazor.db", new string('x', 10_000));

        var (code, output) = await ServerProcess.RunAsync("--data-dir", folder.Path, "--urls", Local);

        AssertRefused(code, output, file, "damaged or not a database");
        Assert.Equal(new string('x', 10_000), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("absent.pem", null, "does not exist")]
    [InlineData("text.pem", "no certificate at all", "not a usable PEM or PFX certificate")]
    [InlineData("half.pem", "-----BEGIN CERTIFICATE-----\nMIIB", "not a usable PEM or PFX certificate")]
    public async Task Start_WithABadCertificate_SaysWhatIsWrong(string name, string? content, string reason)
    {
        using var folder = new TempFolder();
        if (content is not null)
            folder.Write(name, content);

        var (code, output) = await ServerProcess.RunAsync("--data-dir", folder.File("data"), "--urls", "https://127.0.0.1:0", $"--Https:Certificate={folder.File(name)}");

        AssertRefused(code, output, name, reason);
    }

    [Fact]
    public async Task Start_OnDirectoryInUse_SaysSo()
    {
        using var folder = new TempFolder();
        var (server, _) = await ServerProcess.StartAsync("--data-dir", folder.Path, "--urls", Local);
        await using var stopped = server;

        var (code, output) = await ServerProcess.RunAsync("--data-dir", folder.Path, "--urls", Local);

        AssertRefused(code, output, folder.Path, "Another xo-blazor is running");
    }

    [Theory]
    [InlineData("--prot", "8080")]
    [InlineData("serve")]
    [InlineData("backup")]
    public async Task Start_WithAWrongCommandLine_PointsToHelp(params string[] arguments)
    {
        var (code, output) = await ServerProcess.RunAsync(arguments);

        Assert.Equal(2, code);
        Assert.Contains("--help", output);
        Assert.DoesNotContain("   at ", output);
    }

    [Fact]
    public async Task Start_WithAPoorAdminPassword_SaysWhy()
    {
        using var folder = new TempFolder();

        var (code, output) = await ServerProcess.RunAsync("--data-dir", folder.Path, "--urls", Local, "--Setup:AdminPassword=short");

        AssertRefused(code, output, "Setup__AdminPassword", "at least 12");
    }

    [Theory]
    [InlineData("Journal:FlushInterval", "1.00:00:00")]
    [InlineData("Journal:QueueLength", "many")]
    [InlineData("Proxy:KnownProxies:0", "next door")]
    public async Task Start_WithAWrongSetting_SaysWhichOne(string name, string value)
    {
        using var folder = new TempFolder();

        var (code, output) = await ServerProcess.RunAsync("--data-dir", folder.Path, "--urls", Local, $"--{name}={value}");

        AssertRefused(code, output, string.Join(':', name.Split(':').Take(2)));
    }

    [Fact]
    public async Task Start_WithAJournalFolderThatIsAFile_SaysSo()
    {
        using var folder = new TempFolder();
        folder.Write("journal", "");

        var (code, output) = await ServerProcess.RunAsync("--data-dir", folder.Path, "--urls", Local);

        AssertRefused(code, output, folder.File("journal"), "xo-blazor:");
    }

    [Fact]
    public async Task Version_Asked_IsOneLine()
    {
        var (code, output) = await ServerProcess.RunAsync("--version");

        Assert.Equal(0, code);
        Assert.Matches(@"^xo-blazor \d+\.\d+\.\d+\S*$", output);
    }

    private static void AssertRefused(int code, string output, params string[] said)
    {
        Assert.Equal(1, code);
        Assert.All(said, part => Assert.Contains(part, output));
        Assert.DoesNotContain("   at ", output);
        Assert.DoesNotContain("is ready", output);
        Assert.Single(output.Split('\n'), line => line.StartsWith("xo-blazor: ", StringComparison.Ordinal));
    }
}
