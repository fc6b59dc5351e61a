return await XoBlazor.Simulator.Hosting.CommandLine.RunAsync(args, Console.Out, Console.Error);
