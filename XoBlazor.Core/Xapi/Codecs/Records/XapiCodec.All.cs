// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Frozen;
using System.Collections.Immutable;

namespace XoBlazor.Core.Xapi.Codecs;

public abstract partial class XapiCodec
{
    /// <summary>All codecs, by the number of their <see cref="Model.XapiClass"/>.</summary>
    public static ImmutableArray<XapiCodec> All { get; } =
    [
        new XapiSessionCodec(),
        new XapiSubjectCodec(),
        new XapiRoleCodec(),
        new XapiTaskCodec(),
        new PoolCodec(),
        new PoolPatchCodec(),
        new PoolUpdateCodec(),
        new VmCodec(),
        new VmMetricsCodec(),
        new VmGuestMetricsCodec(),
        new VmppCodec(),
        new VmssCodec(),
        new VmApplianceCodec(),
        new DrTaskCodec(),
        new HostCodec(),
        new HostCrashdumpCodec(),
        new HostPatchCodec(),
        new HostMetricsCodec(),
        new HostCpuCodec(),
        new NetworkCodec(),
        new VifCodec(),
        new VifMetricsCodec(),
        new PifCodec(),
        new PifMetricsCodec(),
        new BondCodec(),
        new VlanCodec(),
        new SmCodec(),
        new SrCodec(),
        new SrStatCodec(),
        new ProbeResultCodec(),
        new LvhdCodec(),
        new VdiCodec(),
        new VbdCodec(),
        new VbdMetricsCodec(),
        new PbdCodec(),
        new CrashDumpCodec(),
        new VtpmCodec(),
        new VmConsoleCodec(),
        new XapiUserCodec(),
        new DataSourceCodec(),
        new BlobCodec(),
        new XapiMessageCodec(),
        new XapiSecretCodec(),
        new TunnelCodec(),
        new NetworkSriovCodec(),
        new PciCodec(),
        new PgpuCodec(),
        new GpuGroupCodec(),
        new VgpuCodec(),
        new VgpuTypeCodec(),
        new PvsSiteCodec(),
        new PvsServerCodec(),
        new PvsProxyCodec(),
        new PvsCacheStorageCodec(),
        new HostFeatureCodec(),
        new SdnControllerCodec(),
        new VdiNbdServerInfoCodec(),
        new PusbCodec(),
        new UsbGroupCodec(),
        new VusbCodec(),
        new ClusterCodec(),
        new ClusterHostCodec(),
        new CertificateCodec(),
        new UpdateRepositoryCodec(),
        new XapiObserverCodec(),
        new VmGroupCodec(),
        new HostDriverCodec(),
        new DriverVariantCodec(),
        new CallerCodec(),
        new RateLimitCodec(),
    ];

    private static readonly FrozenDictionary<string, XapiCodec> s_byName =
        All.ToFrozenDictionary(c => c.WireName, StringComparer.OrdinalIgnoreCase);
}
