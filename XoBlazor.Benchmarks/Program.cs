using XoBlazor.Benchmarks.Access;
using XoBlazor.Benchmarks.Api;
using XoBlazor.Benchmarks.Decode;
using XoBlazor.Benchmarks.Journal;
using XoBlazor.Benchmarks.Metrics;
using XoBlazor.Benchmarks.Mirror;
using XoBlazor.Benchmarks.Objects;
using XoBlazor.Benchmarks.Plugins;
using XoBlazor.Benchmarks.Relay;
using XoBlazor.Benchmarks.Rest;
using XoBlazor.Benchmarks.Server;
using XoBlazor.Benchmarks.Start;
using XoBlazor.Benchmarks.Store;
using XoBlazor.Benchmarks.Transfers;
using XoBlazor.Benchmarks.WebConsole;

// dotnet run -c Release --project XoBlazor.Benchmarks -- NAME [PART]: one benchmark for each promise made to a user.
// Each prints a table, compares with what was promised, and writes it to XoBlazor.Benchmarks/results/NAME.md.
switch (args)
{
    case ["decode", .. var parts]:
        return DecodeBenchmark.Run(parts);
    case ["mirror", .. var parts]:
        return await MirrorBenchmark.RunAsync(parts);
    case ["journal", .. var parts]:
        return await JournalBenchmark.RunAsync(parts);
    case ["history"]:
        return HistoryBenchmark.Run();
    case ["store", .. var parts]:
        return StoreBenchmark.Run(parts);
    case ["access"]:
        return await AccessBenchmark.RunAsync();
    case ["objects", .. var parts]:
        return await ObjectsBenchmark.RunAsync(parts);
    case ["console", .. var parts]:
        return await ConsoleBenchmark.RunAsync(parts);
    case ["plugins"]:
        return await PluginsBenchmark.RunAsync();
    case ["relay"]:
        return await RelayBenchmark.RunAsync();
    case ["server", .. var files]:
        return await ServerBenchmark.RunAsync(files);
    case ["api", .. var files]:
        return await ApiBenchmark.RunAsync(files);
    case ["rest", .. var parts]:
        return await RestBenchmark.RunAsync(parts);
    case ["transfer"]:
        return await TransferBenchmark.RunAsync();
    case ["start", .. var files]:
        return await StartBenchmark.RunAsync(files);
    default:
        Console.Error.WriteLine(
            """
            usage: dotnet run -c Release --project XoBlazor.Benchmarks -- decode [batch] [changes] [load]
                   dotnet run -c Release --project XoBlazor.Benchmarks -- mirror [load] [large] [idle] [steady] [5min]
                   dotnet run -c Release --project XoBlazor.Benchmarks -- journal [ENTRIES [FOLDER [WORD…]]]
                   dotnet run -c Release --project XoBlazor.Benchmarks -- store [apply] [filter]
                   dotnet run -c Release --project XoBlazor.Benchmarks -- history
                   dotnet run -c Release --project XoBlazor.Benchmarks -- access
                   dotnet run -c Release --project XoBlazor.Benchmarks -- objects [list | feed]
                   dotnet run -c Release --project XoBlazor.Benchmarks -- console [latency] [circuits] [30s]
                   dotnet run -c Release --project XoBlazor.Benchmarks -- start [FILE…]
                   dotnet run -c Release --project XoBlazor.Benchmarks -- server [FILE]
                   dotnet run -c Release --project XoBlazor.Benchmarks -- plugins
                   dotnet run -c Release --project XoBlazor.Benchmarks -- relay
                   dotnet run -c Release --project XoBlazor.Benchmarks -- api [FILE]
                   dotnet run -c Release --project XoBlazor.Benchmarks -- rest [list | single | events]
                   dotnet run -c Release --project XoBlazor.Benchmarks -- transfer
            """);
        return 2;
}
