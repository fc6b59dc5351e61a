using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;

namespace XoBlazor.Tests.Patching;

/// <summary>How hosts take updates, told from what they say of their software.</summary>
public sealed class HostGenerationTests
{
    [Theory]
    [InlineData("XenServer", "6.5.0", "1.9.0", HostGeneration.Patches)]
    [InlineData("XenServer", "7.0.0", "2.1.0", HostGeneration.Patches)]
    [InlineData("XenServer", "7.1.0", "2.2.0", HostGeneration.UpdateImages)]
    [InlineData("XenServer", "7.1.2", "2.1.1", HostGeneration.UpdateImages)]
    [InlineData("Citrix Hypervisor", "8.2.1", "3.2.1", HostGeneration.UpdateImages)]
    [InlineData("XenServer", "8.3.0", "3.3.0", HostGeneration.UpdateImages)]
    [InlineData("XenServer", "8.4.0", "3.4.0", HostGeneration.Repositories)]
    [InlineData("XCP-ng", "8.3.0", "3.4.0", HostGeneration.Packages)]
    [InlineData("XCP-ng", "7.4.0", "2.0.0", HostGeneration.Packages)]
    [InlineData("XenServer", "8", "3.4.0-beta", HostGeneration.UpdateImages)]
    [InlineData("", "", "", HostGeneration.Repositories)]
    public void Of_SoftwareVersion_IsAsXenOrchestraTells(string brand, string product, string platform, HostGeneration expected)
    {
        var host = new Host
        {
            Ref = "OpaqueRef:h",
            Uuid = "h",
            SoftwareVersion = XenMap<string, string>.Of(new("product_brand", brand), new("product_version", product), new("platform_version", platform)),
        };

        Assert.Equal(expected, HostGenerations.Of(host));
    }

    [Fact]
    public void IsPerHost_OnlyOfHostsThatFetchUpdatesThemselves() =>
        Assert.Equal([HostGeneration.Packages, HostGeneration.Repositories], Enum.GetValues<HostGeneration>().Where(HostGenerations.IsPerHost));
}
