using XoBlazor.App.Hosting;

namespace XoBlazor.Tests.App.Hosting;

public sealed class DataDirectoryTests
{
    private const int SomeProcess = 4711;

    [Fact]
    public void Choose_Named_IsThatOne() =>
        Assert.Equal("/srv/xo", DataDirectory.Choose("/srv/xo", Environment(("SYSTEMD_EXEC_PID", "4711")), SomeProcess).Root);

    [Fact]
    public void Choose_ByAPerson_IsInTheirDataFolder() =>
        Assert.Equal("/home/ada/.local/share/xo-blazor", DataDirectory.Choose(null, Environment(("HOME", "/home/ada")), SomeProcess).Root);

    [Theory]
    [InlineData("SYSTEMD_EXEC_PID", "4711")]
    [InlineData("KUBERNETES_SERVICE_HOST", "10.0.0.1")]
    [InlineData("container", "docker")]
    [InlineData("SUPERVISOR_ENABLED", "1")]
    public void Choose_UnderASupervisor_HasToBeTold(string name, string value)
    {
        var refused = Assert.Throws<StartupException>(() => DataDirectory.Choose(null, Environment(("HOME", "/root"), (name, value)), SomeProcess));

        Assert.Contains("--data-dir", refused.Message);
    }

    [Theory]
    [InlineData("/")]
    [InlineData(null)]
    public void Choose_WithoutAHome_HasToBeTold(string? home) =>
        Assert.Throws<StartupException>(() => DataDirectory.Choose(null, Environment(("HOME", home)), SomeProcess));

    private static Func<string, string?> Environment(params (string Name, string? Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
