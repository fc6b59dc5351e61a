using XoBlazor.Core.Consoles;
using XoBlazor.Core.Consoles.Rfb;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Wire;
using XoBlazor.Simulator;
using XoBlazor.Tests.Simulator.Consoles;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Consoles;

/// <summary>A host's console is opened in the form that the host gives it in, over TLS, and its refusals are put into words.</summary>
public sealed class ConsoleDialTests : IDisposable
{
    private readonly CancellationTokenSource _patience = Patience.Source();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Console_ByWhateverFormTheHostHas_IsOpened(bool hasTunnels, bool hasSockets)
    {
        await using var pool = await SimulatedConsolePool.StartAsync(new() { HasConsoleTunnels = hasTunnels, HasConsoleSockets = hasSockets });
        await using var connection = await ConnectAsync(pool);

        await using var console = await ConsoleDial.OpenAsync(Place(pool, connection, "web-01"), _patience.Token);
        var init = await RfbHostHandshake.OpenAsync(console, _patience.Token);

        Assert.Equal(new(720, 450), init.Size);
        Assert.Equal(hasTunnels, console is HostExchange);
    }

    [Fact]
    public async Task Console_OfAHostThatHasNeitherForm_IsRefusedInWords()
    {
        await using var pool = await SimulatedConsolePool.StartAsync(new() { HasConsoleTunnels = false, HasConsoleSockets = false });
        await using var connection = await ConnectAsync(pool);

        var refusal = await Assert.ThrowsAsync<ConsoleDialException>(() => ConsoleDial.OpenAsync(Place(pool, connection, "web-01"), _patience.Token));

        Assert.Equal("refused", refusal.Code);
        Assert.StartsWith("a-host gives consoles neither by CONNECT nor by WebSocket.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Console_OfAVmThatDoesNotRunThere_IsNotAskedForTwice(bool hasTunnels)
    {
        await using var pool = await SimulatedConsolePool.StartAsync(new() { HasConsoleTunnels = hasTunnels });
        await using var connection = await ConnectAsync(pool);

        var refusal = await Assert.ThrowsAsync<ConsoleDialException>(() => ConsoleDial.OpenAsync(Place(pool, connection, "legacy-crm"), _patience.Token));

        Assert.Equal("not-here", refusal.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Console_OfAHostWithAnotherCertificate_IsNotOpened(bool hasTunnels)
    {
        await using var pool = await SimulatedConsolePool.StartAsync(new() { HasConsoleTunnels = hasTunnels });
        await using var connection = await ConnectAsync(pool);
        var place = Place(pool, connection, "web-01");
        var other = pool.Pool.Hosts.First(host => host.Address != place.At!.Host);

        var unreachable = await Assert.ThrowsAnyAsync<XapiUnreachableException>(
            () => ConsoleDial.OpenAsync(place with { At = place.At!.WithPins(CertificateFingerprint.Parse(other.CertificateFingerprint)) }, _patience.Token));

        Assert.Equal(UnreachableReason.CertificateChanged, unreachable.Reason);
    }

    public void Dispose() => _patience.Dispose();

    private async Task<XapiConnection> ConnectAsync(SimulatedConsolePool pool)
    {
        var connection = new XapiConnection(Endpoint(pool, pool.Pool.Hosts.Single(host => host.IsCoordinator)), new("root", "secret"));
        await connection.LogInAsync(_patience.Token);
        return connection;
    }

    private static XapiEndpoint Endpoint(SimulatedConsolePool pool, SimulatedPoolHost host) =>
        XapiEndpoint.Parse($"{host.Address}:{pool.Pool.HttpsUrl.Port}").WithPins(CertificateFingerprint.Parse(host.CertificateFingerprint));

    private static ConsolePlace.There Place(SimulatedConsolePool pool, XapiConnection connection, string name)
    {
        var vm = pool.Vm(name);
        var host = pool.Pool.Hosts.FirstOrDefault(host => vm.Follow("resident_on", "host") is { } at && host.Address == at.Text("address")) ?? pool.Pool.Hosts[0];
        return new(connection, Endpoint(pool, host), $"/console?ref={vm.Ref}", new("OpaqueRef:host"), "a-host", name);
    }
}
