using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using XoBlazor.App.Hosting.Tls;

namespace XoBlazor.App.Hosting;

/// <summary>What the person who started the server sees once it answers: where to go, and how to get in.</summary>
internal sealed class Greeting(IServer server, IEnumerable<IGreetingLine> lines, Terminal terminal, ServerCertificate? shown = null)
{
    private static readonly string[] s_everywhere = ["[::]", "0.0.0.0", "*", "+"];

    public void Print()
    {
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var https = bound.Where(address => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase)).ToList();
        var best = https.FirstOrDefault() ?? bound.FirstOrDefault() ?? "";
        var here = At(best, "localhost");

        terminal.Out.WriteLine($"XoBlazor {ProductVersion.Text} is ready: {here}");
        if (OtherMachines() is { } address && At(best, address) is var there && there != here)
            terminal.Out.WriteLine($"From other machines: {there}");
        foreach (var plain in https.Count > 0 ? bound.Except(https) : [])
            terminal.Out.WriteLine($"HTTP leads to HTTPS: {At(plain, "localhost")}");
        if (shown is { IsSelfSigned: true } certificate)
            terminal.Out.WriteLine($"The certificate is self-signed; the browser will ask once. SHA-256: {certificate.Fingerprint}");
        foreach (var line in lines.SelectMany(source => source.Lines(here)))
            terminal.Out.WriteLine(line);
    }

    private static string At(string address, string host) =>
        s_everywhere.Aggregate(address, (text, all) => text.Replace($"//{all}:", $"//{host}:", StringComparison.Ordinal));

    private static string? OtherMachines() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(card => card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))?.ToString();
}

/// <summary>A part of the server that has something to say to the person who started it.</summary>
internal interface IGreetingLine
{
    /// <summary>Lines to print, given the address of the server.</summary>
    IEnumerable<string> Lines(string address);
}
