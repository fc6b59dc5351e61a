using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations;

/// <summary>The real server, with one operation that declares its right wrongly: it does not begin to serve.</summary>
public sealed class UndeclaredRightTests
{
    [Theory]
    [InlineData("none", "the operation 'vm.mistake' declares no right")]
    [InlineData("badly named", "the right 'Give everything away' needs a name like 'vm.start'")]
    [InlineData("declared otherwise", "the right 'vm.start' is declared as")]
    public async Task Server_OperationWithAMistakenRight_DoesNotStartAndSaysWhich(string mistake, string words)
    {
        using var folder = new TempFolder();
        await using var server = Launch(folder, mistake);

        var exitCode = await server.EndAsync(Patience.Limit);

        Assert.Equal(70, exitCode);
        Assert.Contains(words, server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_OneMoreOperationWithARightOfItsOwn_Starts()
    {
        using var folder = new TempFolder();
        await using var server = Launch(folder, "no mistake");

        await server.ReadyAsync();

        Assert.Equal(0, await server.StopAsync());
    }

    private static ServerProcess Launch(TempFolder folder, string mistake) => ServerProcess.LaunchFile("env", folder.Path,
        $"DOTNET_STARTUP_HOOKS={typeof(UndeclaredRightTests).Assembly.Location}", $"{StartupHook.Mistake}={mistake}", $"TMPDIR={folder.Path}",
        "dotnet", Path.Combine(AppContext.BaseDirectory, "xo-blazor.dll"), "--data-dir", folder.File("data"), "--urls", "http://127.0.0.1:0");
}
