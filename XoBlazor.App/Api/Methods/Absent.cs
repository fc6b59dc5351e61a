using XoBlazor.App.Api.Catalogue;

namespace XoBlazor.App.Api.Methods;

/// <summary>What many methods of Xen Orchestra's take that this server has no use for yet.</summary>
internal static class Absent
{
    /// <summary>To go on although a backup runs.</summary>
    public static ApiParameter BypassBackupCheck { get; } = ApiParameter.Flag("bypassBackupCheck").Optional.Without("there are no backups yet that could be under way");

    /// <summary>Whose limits count.</summary>
    public static ApiParameter ResourceSet { get; } = Of(ApiParameter.Text("resourceSet"));

    /// <summary>The same where null takes an object out of its set.</summary>
    public static ApiParameter ResourceSetOrNull { get; } = Of(ApiParameter.Of("resourceSet", "string", "null"));

    /// <summary>To give a VM to everybody of its resource set.</summary>
    public static ApiParameter Share { get; } = ApiParameter.Flag("share").Optional.Later("there are no resource sets; give people a role on the VM.");

    private static ApiParameter Of(ApiParameter resourceSet) => resourceSet.Optional.Later("there are no resource sets; give people roles on pools, storage and networks.");
}
