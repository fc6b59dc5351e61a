using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace XoBlazor.App.Hosting;

/// <summary>What the person who started the server sees once it answers: where to go, and how to get in.</summary>
internal sealed class Greeting(IServer server, IEnumerable<IGreetingLine> lines)
{
    /// <summary>The address to open, as a person would type it.</summary>
    public string Address
    {
        get
        {
            var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            var best = addresses.FirstOrDefault(address => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase)) ?? addresses.FirstOrDefault() ?? "";
            return best.Replace("[::]", "localhost", StringComparison.Ordinal)
                .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
                .Replace("//*", "//localhost", StringComparison.Ordinal)
                .Replace("//+", "//localhost", StringComparison.Ordinal);
        }
    }

    public void Print()
    {
        Console.WriteLine($"XoBlazor {ProductVersion.Text} is ready: {Address}");
        foreach (var line in lines.SelectMany(source => source.Lines(Address)))
            Console.WriteLine(line);
    }
}

/// <summary>A part of the server that has something to say to the person who started it.</summary>
internal interface IGreetingLine
{
    IEnumerable<string> Lines(string address);
}
