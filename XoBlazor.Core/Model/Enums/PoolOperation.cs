// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>pool_allowed_operations</c>.</summary>
public enum PoolOperation
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    HaEnable,
    HaDisable,
    ClusterCreate,
    DesignateNewMaster,
    ConfigureRepositories,
    SyncUpdates,
    SyncBundle,
    GetUpdates,
    ApplyUpdates,
    TlsVerificationEnable,
    CertRefresh,
    ExchangeCertificatesOnJoin,
    ExchangeCaCertificatesOnJoin,
    CopyPrimaryHostCerts,
    Eject,
    ExchangeCrlsOnJoin,
}
