namespace XoBlazor.Simulator.Datamodel;

/// <summary>
/// What the datamodel of today does not tell of yesterday, because it dates these facts by their class: learnt from recordings of a
/// xapi 24.19.2, which has none of them on the wire. The exact release is not known; it lies between that one and 26.17.
/// </summary>
internal static class History
{
    private static readonly Release s_afterRecordings = new(1000, new(25, 0, 0));

    private static readonly HashSet<string> s_hiddenFields =
        ["PCI.class_id", "PCI.vendor_id", "PCI.device_id", "PCI.subsystem_vendor_id", "PCI.subsystem_device_id"];

    /// <summary>A field that was stored, but not shown, in that release.</summary>
    public static bool WasHidden(FieldFact field, Release release) =>
        !(s_afterRecordings <= release) && s_hiddenFields.Contains($"{field.Class}.{field.Name}");

    /// <summary>The search that returns references only.</summary>
    public static bool WasMissing(CallFact call, Release release) => call.Name == "get_all_where" && !(s_afterRecordings <= release);
}
