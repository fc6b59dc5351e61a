using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Patching;

/// <summary>What a patch or update looks at on a host before it goes on it. The errors of both generations have the same endings and parameters.</summary>
internal static class Prechecks
{
    /// <param name="facts">What the patch says of itself.</param>
    /// <param name="self">Its row: <c>pool_patch</c> or <c>pool_update</c>.</param>
    /// <param name="host">The host that it is to go on.</param>
    /// <exception cref="XapiException">It must not: PATCH_PRECHECK_FAILED_…, UPDATE_PRECHECK_FAILED_….</exception>
    public static void Assert(PatchFacts facts, DbObject self, DbObject host)
    {
        if (!HostOperations.IsLive(host)) throw new XapiException("HOST_OFFLINE", host.Ref);
        var kind = self.Class == "pool_patch" ? "PATCH" : "UPDATE";
        var version = host["software_version"].AsMap["product_version"]?.AsText ?? "";
        if (facts.RequiredVersion is { } required && required != version) throw new XapiException($"{kind}_PRECHECK_FAILED_WRONG_SERVER_VERSION", self.Ref, version, required);
        var present = AppliedPatches.UuidsOn(host);
        if (facts.Conflicts.Where(present.Contains).ToList() is { Count: > 0 } conflicts) throw new XapiException($"{kind}_PRECHECK_FAILED_CONFLICT_PRESENT", [self.Ref, .. conflicts]);
        if (facts.Prerequisites.Where(uuid => !present.Contains(uuid)).ToList() is { Count: > 0 } missing)
            throw new XapiException($"{kind}_PRECHECK_FAILED_PREREQUISITE_MISSING", [self.Ref, .. missing]);
        // Both generations tell of this one by the older name.
        if (HostOperations.Guests(host).FirstOrDefault(HasToolsDisc) is { } vm)
            throw new XapiException("PATCH_PRECHECK_FAILED_ISO_MOUNTED", self.Ref, $"The tools ISO is inserted in {vm.Text("name_label")}");
    }

    private static bool HasToolsDisc(DbObject vm) => vm.FollowAll("VBDs", "VBD").Any(vbd => vbd.Text("type") == "CD"
        && vbd.Follow("VDI", "VDI")?.Follow("SR", "SR") is { } sr && (sr.Bool("is_tools_sr") || sr["other_config"].AsMap["xenserver_tools_sr"]?.AsText == "true"));
}
