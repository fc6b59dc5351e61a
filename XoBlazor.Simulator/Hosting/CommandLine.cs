using System.Globalization;
using System.Net;
using System.Text.Json;
using XoBlazor.Simulator.Consoles;

namespace XoBlazor.Simulator.Hosting;

/// <summary>The simulator as a program: reads its arguments, starts the pools, says where they are, and runs until it is stopped.</summary>
internal static class CommandLine
{
    private const string Help = """
        Simulates the hosts of Xen pools: real databases, or made ones, served as xapi serves them.

        usage: dotnet run --project XoBlazor.Simulator -- --pool FILE.xml [--pool FILE2.xml ...] [options]
               dotnet run --project XoBlazor.Simulator -- --make pools=3,hosts=16,vms=1000,seed=7 [options]
               dotnet run --project XoBlazor.Simulator -- --demo [options]

          --pool FILE.xml        a xapi database of any age; may be repeated, each pool on the next pair of ports
          --make WHAT            pools of any size: pools=3,hosts=16,vms=1000,seed=7 (hosts and vms are per pool);
                                 release=xcp-ng-8.3 or another, updates=12: how many wait for each host
          --demo                 two small pools with names that mean something
          --rate N               the pools live: about N events a second for who follows them all (0)
          --http-port N          port of the first pool without TLS (8080; 0 finds free ones)
          --https-port N         port of the first pool with TLS (8443; 0 finds free ones)
          --user NAME            who may log in (root)
          --password TEXT        with which password (secret)
          --as-version RELEASE   answer as this release instead of the database's age: 24.19.2, stockholm, "XenServer 6.1"
          --addresses MODE       reachable: every host gets a loopback address of its own (default); faithful: as in the database
          --operation-time MS    how long an operation such as starting a VM takes (400)
          --disk-content MIB     how much of each disk is not zeros, at most (16)
          --disk-memory MIB      how much of what is written to all disks is kept (256)
          --console VM=SERVER    a real VNC server behind a VM's console: host:port, or the path of a socket; may be repeated
          --xml-rpc-only         speak XML-RPC only, as hosts before XenServer 7.3
          --help                 this text

        One line of JSON for each pool tells when it is ready. Stop with Ctrl-C.
        """;

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        if (arguments.Length == 0 || arguments.Contains("--help") || arguments.Contains("-h"))
        {
            await output.WriteLineAsync(Help);
            return arguments.Length == 0 ? 2 : 0;
        }

        try
        {
            using var stop = new CancellationTokenSource();
            Console.CancelKeyPress += (_, e) =>
            {
                e.Cancel = true;
                stop.Cancel();
            };
            using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(
                System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
                {
                    context.Cancel = true;
                    stop.Cancel();
                });
            await using var host = await SimulatorHost.StartAsync(Parse(arguments), stop.Token);
            foreach (var pool in host.Pools)
                await output.WriteLineAsync(Describe(pool));
            await output.FlushAsync(CancellationToken.None);
            await Task.Delay(Timeout.Infinite, stop.Token);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (SimulatorException e)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }
    }

    internal static SimulatorOptions Parse(IReadOnlyList<string> arguments)
    {
        var pools = new List<PoolSource>();
        var options = new SimulatorOptions { Pools = pools, HttpPort = 8080, HttpsPort = 8443 };
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            options = name switch
            {
                "--pool" => Add([PoolSource.FromFile(Value())]),
                "--make" => Add(PoolSource.Make(Value())),
                "--demo" => Add(PoolSource.Demo()),
                "--rate" => options with { Rate = Number(100_000) },
                "--http-port" => options with { HttpPort = Number(65535) },
                "--https-port" => options with { HttpsPort = Number(65535) },
                "--user" => options with { Pool = options.Pool with { User = Value() } },
                "--password" => options with { Pool = options.Pool with { Password = Value() } },
                "--as-version" => options with { AsVersion = Value() },
                "--addresses" => options with { Addresses = Mode(Value()) },
                "--operation-time" => options with { Pool = options.Pool with { OperationDuration = TimeSpan.FromMilliseconds(Number(3_600_000)) } },
                "--disk-content" => options with { Pool = options.Pool with { DiskContent = (long)Number(int.MaxValue) << 20 } },
                "--disk-memory" => options with { Pool = options.Pool with { DiskMemory = (long)Number(int.MaxValue) << 20 } },
                "--console" => options with { Pool = options.Pool with { Consoles = WithConsole(options.Pool.Consoles, Value()) } },
                "--xml-rpc-only" => options with { Pool = options.Pool with { XmlRpcOnly = true } },
                _ => throw new SimulatorException($"'{name}' is no option of the simulator. See --help."),
            };

            string Value() => ++i < arguments.Count ? arguments[i] : throw new SimulatorException($"{name} needs a value. See --help.");

            int Number(int most) => int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
                ? number : throw new SimulatorException($"{name} needs a number from 0 to {most}, not '{arguments[i]}'.");
        }

        return pools.Count > 0 ? options : throw new SimulatorException("there is no pool to simulate. Give at least one --pool FILE.xml, or --make or --demo.");

        SimulatorOptions Add(IReadOnlyList<PoolSource> sources)
        {
            pools.AddRange(sources);
            return options;
        }
    }

    private static Dictionary<string, EndPoint> WithConsole(IReadOnlyDictionary<string, EndPoint> consoles, string text) =>
        text.LastIndexOf('=') is > 0 and var sign && ForeignServer.Parse(text[(sign + 1)..]) is { } server
            ? new(consoles) { [text[..sign]] = server } : throw new SimulatorException($"--console needs VM=host:port or VM=/path/of/a/socket, not '{text}'.");

    private static AddressMode Mode(string text) => Enum.TryParse<AddressMode>(text, ignoreCase: true, out var mode) && !char.IsAsciiDigit(text[0])
        ? mode : throw new SimulatorException($"--addresses is reachable or faithful, not '{text}'.");

    private static string Describe(SimulatedPool pool) => JsonSerializer.Serialize(new
    {
        pool = pool.Name,
        uuid = pool.Uuid,
        http = pool.HttpUrl.ToString().TrimEnd('/'),
        https = pool.HttpsUrl.ToString().TrimEnd('/'),
        user = pool.User,
        hosts = pool.Hosts.Select(h => new { name = h.Name, address = h.Address, coordinator = h.IsCoordinator, fingerprint = h.CertificateFingerprint }),
    });
}
