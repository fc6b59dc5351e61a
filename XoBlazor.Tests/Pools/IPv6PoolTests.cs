using System.Net;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Xapi;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Pools;

public sealed class IPv6PoolTests
{
    [Fact]
    public async Task Pool_AddedByABracketedAddress_ShowsItsFingerprintAndConnects()
    {
        Needs.IPv6();
        using var patience = Patience.Source();
        await using var fixture = await FleetFixture.StartAsync(patience.Token);
        var host = fixture.Pool.Hosts.Single(h => h.IsCoordinator);
        var port = fixture.Pool.HttpsUrl.Port;
        await using var forward = new PortForward(new(IPAddress.IPv6Loopback, port), new(IPAddress.Parse(host.Address), port));

        var shown = await fixture.Fleet.AddAsync(new NewPool($"[::1]:{port}", "root", "secret", Accepted: []), patience.Token);
        var state = await fixture.AddConnectedAsync(patience.Token, $"[::1]:{port}");

        var question = Assert.IsType<AddPoolResult.ConfirmCertificate>(shown);
        Assert.Equal(host.CertificateFingerprint, question.Certificate.Fingerprint.ToString());
        Assert.True(state.IsLive);
        Assert.Empty(fixture.Differences());
    }

    [Theory]
    [InlineData("::1", "https://[::1]")]
    [InlineData("[::1]", "https://[::1]")]
    [InlineData("[::1]:8443", "https://[::1]:8443")]
    [InlineData("http://[2001:db8::5]:8080/", "http://[2001:db8::5]:8080")]
    [InlineData("2001:db8::5", "https://[2001:db8::5]")]
    public void Address_WithOrWithoutBrackets_IsWrittenWithThem(string entered, string expected) =>
        Assert.Equal(expected, XapiEndpoint.Parse(entered).Address);
}
