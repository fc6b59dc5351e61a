namespace XoBlazor.Core.Model;

/// <summary>What the datamodel's types do not tell about a field.</summary>
public static class FieldMeaning
{
    /// <summary>The number counts bytes.</summary>
    public static bool IsBytes(XapiField field) => field.Type == "int" && field.Wire is
        "memory_overhead" or "memory_target" or "memory_static_max" or "memory_static_min" or "memory_dynamic_max" or "memory_dynamic_min"
        or "memory_actual" or "memory_total" or "memory_free" or "virtual_size" or "virtual_allocation" or "physical_utilisation" or "physical_size"
        or "size" or "installation_size" or "cache_space_used";

    /// <summary>XAPI's own book-keeping around every operation: true to the letter, and rarely what someone who asks "what happened?" wants to read.</summary>
    public static bool IsBookkeeping(string wireName) => wireName is
        "allowed_operations" or "current_operations" or "storage_lock" or "last_boot_CPU_flags" or "last_booted_record" or "domid"
        or "resources_used" or "unpluggable" or "runtime_properties" or "scheduled_to_be_resident_on" or "backtrace" or "last_updated";

    /// <summary>A reading that moves by itself: how full, how much, and lists that follow from other objects.</summary>
    public static bool IsMeasured(string wireName) => wireName is
        "physical_utilisation" or "virtual_allocation" or "memory_target" or "memory_overhead" or "ha_plan_exists_for"
        or "VBDs" or "VIFs" or "VDIs" or "PBDs" or "PIFs" or "consoles" or "resident_VMs" or "guest_metrics" or "metrics" or "blobs";
}
