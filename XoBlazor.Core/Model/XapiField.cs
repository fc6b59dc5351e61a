namespace XoBlazor.Core.Model;

/// <summary>One field of a XAPI class.</summary>
/// <param name="Index">Position in the class; the number a <see cref="FieldSet"/> holds.</param>
/// <param name="Wire">The name on the wire, such as <c>power_state</c>.</param>
/// <param name="Name">The name of the record's property, such as <c>PowerState</c>.</param>
/// <param name="Type">The datamodel's type, such as <c>VM ref</c> or <c>(string -> string) map</c>.</param>
/// <param name="IsWithdrawn">The field was removed from the datamodel; hosts still send a constant (but host_metrics.memory_free is alive).</param>
public sealed record XapiField(int Index, string Wire, string Name, string Type, bool IsWithdrawn);
