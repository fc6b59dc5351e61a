using XoBlazor.Simulator;
using XoBlazor.Simulator.Hosting;

namespace XoBlazor.Tests.Simulator;

public sealed class CommandLineTests
{
    [Fact]
    public void Parse_OfAllOptions_TakesThem()
    {
        var options = CommandLine.Parse(
            ["--pool", "a.xml", "--pool", "b.xml", "--http-port", "0", "--https-port", "9443", "--user", "u", "--password", "p", "--as-version", "stockholm", "--addresses", "faithful", "--operation-time", "10",
             "--disk-content", "20480", "--disk-memory", "64"]);

        Assert.Equal(["a.xml", "b.xml"], options.Pools.Select(p => p.Name));
        Assert.Equal((0, 9443, "u", "p"), (options.HttpPort, options.HttpsPort, options.Pool.User, options.Pool.Password));
        Assert.Equal(("stockholm", AddressMode.Faithful, 10), (options.AsVersion, options.Addresses, options.Pool.OperationDuration.TotalMilliseconds));
        Assert.Equal((20L << 30, 64L << 20), (options.Pool.DiskContent, options.Pool.DiskMemory));
    }

    [Theory]
    [InlineData("--pool", "--pool needs a value")]
    [InlineData("--pool a.xml --http-port x", "--http-port needs a number")]
    [InlineData("--pool a.xml --http-port 70000", "--http-port needs a number from 0 to 65535")]
    [InlineData("--pool a.xml --colour", "'--colour' is no option")]
    [InlineData("--pool a.xml --addresses 1", "reachable or faithful")]
    [InlineData("--http-port 1", "no pool to simulate")]
    public void Parse_OfMistake_SaysWhatToDo(string arguments, string expected)
    {
        var failure = Assert.Throws<SimulatorException>(() => CommandLine.Parse(arguments.Split(' ')));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--pool /nowhere/x.xml", "/nowhere/x.xml cannot be read")]
    [InlineData("--pool /nowhere/x.xml --as-version winter", "/nowhere/x.xml cannot be read")]
    [InlineData("--make hosts=1,vms=1 --as-version winter", "there is no release 'winter'")]
    public async Task Run_OfWhatCannotStart_EndsWithOneLine(string arguments, string expected)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await CommandLine.RunAsync(arguments.Split(' '), output, errors);

        Assert.Equal(1, code);
        Assert.Contains(expected, errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task Run_OfHelp_ShowsTheOptions()
    {
        using var output = new StringWriter();

        var code = await CommandLine.RunAsync(["--help"], output, TextWriter.Null);

        Assert.Equal(0, code);
        Assert.Contains("--as-version", output.ToString(), StringComparison.Ordinal);
    }
}
