using System.Text.Json;
using Microsoft.Data.Sqlite;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Cli;

/// <summary>The audit as an administrator proves it on the server.</summary>
public sealed class AuditVerbTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_BesideARunningServer_IsSoundAndItsFingerprintHoldsLater()
    {
        using var folder = new TempFolder();
        await using var server = new TestServer(folder);
        using var browser = server.Browser();

        var first = await ServerProcess.RunAsync("audit", "verify", "--data-dir", server.DataFolder);
        var fingerprint = first.Output.Split(' ')[^1].Trim();
        var second = await ServerProcess.RunAsync("audit", "verify", "--data-dir", server.DataFolder, "--fingerprint", fingerprint);

        Assert.True(first.ExitCode == 0, first.Output);
        Assert.True(second.ExitCode == 0, second.Output);
    }

    [Fact]
    public async Task Verify_ARecordWasChanged_NamesItAndEndsWithThree()
    {
        using var folder = new TempFolder();
        await using (var server = new TestServer(folder))
            server.Browser().Dispose();
        Tamper(folder.File("data/audit/audit.db"));

        var (exitCode, output) = await ServerProcess.RunAsync("audit", "verify", "--data-dir", folder.File("data"));

        Assert.Equal(3, exitCode);
        Assert.Contains("Record 1 does not continue the chain", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify", "--fingerprint", "nonsense", "is no fingerprint")]
    [InlineData("export", "-", "", "There is no audit yet")]
    public async Task BadInput_GetsOneLineThatHelps(string verb, string option, string value, string words)
    {
        using var folder = new TempFolder();

        var (exitCode, output) = await ServerProcess.RunAsync([.. new[] { "audit", verb, option, value, "--data-dir", folder.Path }.Where(one => one.Length > 0)]);

        Assert.Equal(1, exitCode);
        Assert.Contains(words, Assert.Single(output.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ToAFile_HoldsEveryRecordAsALine()
    {
        using var folder = new TempFolder();
        await using (var server = new TestServer(folder))
            server.Browser().Dispose();
        var file = folder.File("audit.jsonl");

        var (exitCode, output) = await ServerProcess.RunAsync("audit", "export", file, "--data-dir", folder.File("data"));

        Assert.True(exitCode == 0, output);
        var actions = (await File.ReadAllLinesAsync(file, Token)).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("record").GetProperty("action").GetString());
        Assert.Contains("server.start", actions);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private static void Tamper(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE records SET body = replace(body, 'Succeeded', 'Refused') WHERE number = 1";
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
