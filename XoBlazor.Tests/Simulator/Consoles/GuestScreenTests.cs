using XoBlazor.Simulator.Consoles;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Tests.Simulator.Consoles;

/// <summary>The screen of a simulated guest, as a client sees it over RFB.</summary>
public sealed class GuestScreenTests : IAsyncLifetime
{
    private const uint Control = 0xFFE3;
    private const uint Alt = 0xFFE9;

    private SimulatedConsolePool _pool = null!;
    private DbObject _vm = null!;

    private GuestScreen Guest => _pool.Pool.ConsoleOf("web-01");

    public async ValueTask InitializeAsync()
    {
        _pool = await SimulatedConsolePool.StartAsync();
        _vm = _pool.Vm("web-01");
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Theory]
    [InlineData("RFB 003.003\n")]
    [InlineData("RFB 003.007\n")]
    [InlineData("RFB 003.008\n")]
    public async Task Screen_AskedForAsAWhole_ShowsLettersOnPaper(string version)
    {
        await using var client = await ConsoleClient.OpenAsync(_pool, _vm, version);

        await client.AskAsync(isIncremental: false);
        var (rectangles, _) = await client.ReadMessageAsync();

        Assert.Equal(client.Size.Width * client.Size.Height, rectangles.Sum(r => r.Width * r.Height));
        Assert.Equal([0x101010u, 0xD0D0D0u], client.Pixels.Distinct().Order());
        Assert.InRange(client.Pixels.Count(pixel => pixel == 0xD0D0D0), 500, client.Pixels.Length / 4);
        Assert.EndsWith("web-01 login: ".TrimEnd(), Guest.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typing_SignsInAndIsEchoed_AndOnlyChangedLinesAreSent()
    {
        await using var client = await ConsoleClient.OpenAsync(_pool, _vm);
        await client.AskAsync(isIncremental: false);
        await client.ReadMessageAsync();

        await client.TypeAsync("root\nsecret\necho So it is.\n");
        await Changed(() => Guest.Text.Contains("\nSo it is.\nroot@web-01:~#", StringComparison.Ordinal));
        await client.AskAsync();
        var (rectangles, _) = await client.ReadMessageAsync();

        Assert.Equal("root\rsecret\recho So it is.\r", Guest.Typed);
        Assert.DoesNotContain("secret", Guest.Text, StringComparison.Ordinal);
        Assert.All(rectangles, r => Assert.InRange(r.Y, 2 * 18, 8 * 18));
    }

    [Fact]
    public async Task Keys_WithTheirPlaceOnTheKeyboard_AreAcknowledgedAndKept()
    {
        await using var client = await ConsoleClient.OpenAsync(_pool, _vm);
        await client.SetEncodingsAsync(0, -258);
        await client.AskAsync();
        var (rectangles, _) = await client.ReadMessageAsync();

        await client.PressAsync('ß', 0x0C);
        await Changed(() => Guest.Typed == "ß");

        Assert.Contains(rectangles, r => r.Encoding == -258);
        Assert.Equal([new(true, 'ß', 0x0C), new(false, 'ß', 0x0C)], Guest.Keys);
    }

    [Fact]
    public async Task Size_WishedByAClientAndByTheGuest_IsToldToThoseWhoUnderstand()
    {
        await using var client = await ConsoleClient.OpenAsync(_pool, _vm);
        await client.SetEncodingsAsync(0, -308);
        await client.AskAsync();
        var (first, _) = await client.ReadMessageAsync();

        await client.SendAsync([251, 0, 4, 0, 3, 0, 1, 0, .. new byte[16]]);
        await client.AskAsync();
        var (wished, _) = await client.ReadMessageAsync();
        Guest.Resize(640, 480);
        await client.AskAsync();
        var (changed, _) = await client.ReadMessageAsync();
        await client.AskAsync(isIncremental: false);
        var (whole, _) = await client.ReadMessageAsync();

        Assert.Equal([(0, 0, 720, 450, -308)], first);
        Assert.Equal([(1, 0, 1024, 768, -308)], wished);
        Assert.Equal([(0, 0, 640, 480, -308)], changed);
        Assert.Equal(640 * 480, whole.Sum(r => r.Width * r.Height));
    }

    [Fact]
    public async Task Clipboards_PassInBothDirections()
    {
        await using var client = await ConsoleClient.OpenAsync(_pool, _vm);
        await client.SendAsync([6, 0, 0, 0, 0, 0, 0, 4, (byte)'r', (byte)'o', (byte)'o', (byte)'t']);
        await client.SendAsync([4, 1, 0, 0, 0, 0, 0xFF, 0xE3]);
        await client.PressAsync('v');
        await client.SendAsync([4, 0, 0, 0, 0, 0, 0xFF, 0xE3]);
        await Changed(() => Guest.Typed == "root");

        Guest.Copy("from the guest");
        var (_, text) = await client.ReadMessageAsync();

        Assert.EndsWith("web-01 login: root", Guest.Text, StringComparison.Ordinal);
        Assert.Equal("from the guest", text);
    }

    [Fact]
    public async Task Windows_GuestIsLocked_UntilCtrlAltDel()
    {
        var vm = _pool.Vm("dc-01");
        await using var client = await ConsoleClient.OpenAsync(_pool, vm);
        var guest = _pool.Pool.ConsoleOf("dc-01");
        var before = guest.Text;

        foreach (var key in new[] { Control, Alt, 0xFFFFu })
            await client.SendAsync([4, 1, 0, 0, 0, 0, (byte)(key >> 8), (byte)key]);
        await SimulatedConsolePool.UntilAsync(() => guest.Text.Contains("Enter the password for dc-01", StringComparison.Ordinal), () => guest.Screen.NextChange);

        Assert.Contains("Press Ctrl+Alt+Delete", before, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VM.hard_shutdown")]
    [InlineData("VM.hard_reboot")]
    [InlineData("VM.pool_migrate")]
    public async Task Console_OfADomainThatEnds_IsCutOff(string method)
    {
        await using var client = await ConsoleClient.OpenAsync(_pool, _vm);
        var other = _pool.Db.All("host").First(host => host.Ref != _vm.Text("resident_on"));

        await _pool.Rpc.CallAsync(method, TestContext.Current.CancellationToken, method == "VM.pool_migrate" ? [_vm.Ref, other.Ref, new Dictionary<string, string>()] : [_vm.Ref]);

        Assert.True(await client.HasEndedAsync());
        if (method != "VM.hard_shutdown")
            await using (await ConsoleClient.OpenAsync(_pool, _vm)) { }
    }

    [Fact]
    public async Task Nonsense_OfAClient_EndsItsConnection()
    {
        await using var client = await ConsoleClient.OpenAsync(_pool, _vm);

        await client.SendAsync([99]);

        Assert.True(await client.HasEndedAsync());
    }

    private Task Changed(Func<bool> shows) => SimulatedConsolePool.UntilAsync(shows, () => Guest.Screen.NextChange);
}
