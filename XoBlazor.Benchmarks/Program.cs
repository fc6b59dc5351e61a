using XoBlazor.Benchmarks.Decode;

// dotnet run -c Release --project XoBlazor.Benchmarks -- NAME [PART]: one benchmark for each promise made to a user.
// Each prints a table, compares with what was promised, and writes it to XoBlazor.Benchmarks/results/NAME.md.
switch (args)
{
    case ["decode", .. var parts]:
        return DecodeBenchmark.Run(parts);
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project XoBlazor.Benchmarks -- decode [batch] [changes] [load]");
        return 2;
}
