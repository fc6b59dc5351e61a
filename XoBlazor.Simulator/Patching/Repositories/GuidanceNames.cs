namespace XoBlazor.Simulator.Patching.Repositories;

/// <summary>Guidances have one spelling in repositories and another in the database (xapi's updateinfo.ml).</summary>
internal static class GuidanceNames
{
    /// <summary>As the database spells it; null for what is done before an update and never waits.</summary>
    public static string? InDatabase(string name) => name switch
    {
        "RebootHost" => "reboot_host",
        "RestartToolstack" => "restart_toolstack",
        "RestartDeviceModel" => "restart_device_model",
        "RestartVM" => "restart_vm",
        "EvacuateHost" => null,
        _ => "reboot_host",
    };

    /// <summary>Several together: what another one includes is not asked for.</summary>
    public static List<string> Reduce(IEnumerable<string> names)
    {
        var all = names.Distinct().ToList();
        if (all.Contains("RebootHost")) all.RemoveAll(name => name is "RestartToolstack" or "EvacuateHost" or "RestartDeviceModel");
        if (all.Contains("EvacuateHost") || all.Contains("RestartVM")) all.Remove("RestartDeviceModel");
        return all;
    }
}
