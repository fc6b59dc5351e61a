namespace XoBlazor.Core.Model;

/// <summary>What a number in a field counts; the datamodel's types do not tell.</summary>
public static class FieldUnits
{
    public static bool IsBytes(XapiField field) => field.Type == "int" && field.Wire is
        "memory_overhead" or "memory_target" or "memory_static_max" or "memory_static_min" or "memory_dynamic_max" or "memory_dynamic_min"
        or "memory_actual" or "memory_total" or "memory_free" or "virtual_size" or "virtual_allocation" or "physical_utilisation" or "physical_size"
        or "size" or "installation_size" or "cache_space_used";
}
