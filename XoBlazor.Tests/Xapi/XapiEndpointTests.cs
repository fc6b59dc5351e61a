using System.Collections.Immutable;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Tests.Xapi;

public sealed class XapiEndpointTests
{
    private static readonly CertificateFingerprint s_pin = CertificateFingerprint.Parse(string.Concat(Enumerable.Repeat("aB", 32)));

    [Theory]
    [InlineData("xen1.example.org", "https://xen1.example.org", true, 443)]
    [InlineData(" https://10.0.0.5/ ", "https://10.0.0.5", true, 443)]
    [InlineData("10.0.0.5:8443", "https://10.0.0.5:8443", true, 8443)]
    [InlineData("http://10.0.0.5", "http://10.0.0.5", false, 80)]
    [InlineData("fe80::1", "https://[fe80::1]", true, 443)]
    [InlineData("[fe80::1]:8443", "https://[fe80::1]:8443", true, 8443)]
    [InlineData("HTTP://[::1]:8080", "http://[::1]:8080", false, 8080)]
    public void Parse_WhatAPersonWrites_IsUnderstood(string text, string address, bool https, int port)
    {
        var endpoint = XapiEndpoint.Parse(text);

        Assert.Equal((address, https, port), (endpoint.Address, endpoint.IsHttps, endpoint.Port));
        Assert.Equal(endpoint, XapiEndpoint.Parse(endpoint.Address));
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://")]
    [InlineData("ftp://host")]
    [InlineData("host:0")]
    [InlineData("host:99999")]
    [InlineData("host:https")]
    [InlineData("root@host")]
    [InlineData("host/path")]
    [InlineData("<script>")]
    public void TryParse_SomethingElse_SaysWhatIsWrong(string text)
    {
        Assert.False(XapiEndpoint.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Theory]
    [InlineData("10.0.0.7", "https://10.0.0.7:8443")]
    [InlineData("fe80::7", "https://[fe80::7]:8443")]
    [InlineData("10.0.0.7:9443", "https://10.0.0.7:9443")]
    public void At_AnotherMember_KeepsSchemeAndPortButNotTheCertificate(string member, string address)
    {
        var endpoint = XapiEndpoint.Parse("10.0.0.5:8443").WithPins(s_pin);

        var other = endpoint.At(member);

        Assert.Equal((address, ImmutableArray<CertificateFingerprint>.Empty), (other.Address, other.Pins));
    }

    [Theory]
    [InlineData("AB:CD")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("zz")]
    public void Fingerprint_SomethingElse_IsRefused(string? text) => Assert.False(CertificateFingerprint.TryParse(text, out _));

    [Fact]
    public void Fingerprint_EitherSpelling_IsTheSame() =>
        Assert.Equal(CertificateFingerprint.Parse(s_pin.Text.ToLowerInvariant()), CertificateFingerprint.Parse(s_pin.Text.Replace(":", "")));
}
