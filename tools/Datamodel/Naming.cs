using System.Text;

namespace XoBlazor.Datamodel;

/// <summary>The names of records, enumerations and properties: the wire's words in C# spelling, where acronyms are words.</summary>
internal static class Naming
{
    /// <summary>Names that would clash with .NET's or say too little away from XAPI.</summary>
    private static readonly Dictionary<string, string> s_classes = new()
    {
        ["task"] = "XapiTask",
        ["message"] = "XapiMessage",
        ["session"] = "XapiSession",
        ["console"] = "VmConsole",
        ["user"] = "XapiUser",
        ["role"] = "XapiRole",
        ["subject"] = "XapiSubject",
        ["secret"] = "XapiSecret",
        ["crashdump"] = "CrashDump",
        ["Feature"] = "HostFeature",
        ["Observer"] = "XapiObserver",
        ["Repository"] = "UpdateRepository",
    };

    private static readonly Dictionary<string, string> s_enums = new()
    {
        ["cls"] = "MessageClass",
        ["origin"] = "PatchOrigin",
        ["tristate_type"] = "Tristate",
        ["on_boot"] = "VdiOnBoot",
        ["task_status_type"] = "XapiTaskStatus",
        ["console_protocol"] = "ConsoleProtocol",
        ["event_operation"] = "EventOperation",
        ["storage_operations"] = "SrOperation",
        ["task_allowed_operations"] = "TaskOperation",
        ["host_allowed_operations"] = "HostOperation",
        ["pool_allowed_operations"] = "PoolOperation",
        ["vm_operations"] = "VmOperation",
        ["vdi_operations"] = "VdiOperation",
        ["vbd_operations"] = "VbdOperation",
        ["vif_operations"] = "VifOperation",
        ["network_operations"] = "NetworkOperation",
        ["vtpm_operations"] = "VtpmOperation",
        ["vusb_operations"] = "VusbOperation",
        ["vm_secureboot_certificates_state"] = "SecureBootCertificatesState",
    };

    public static string Class(string wire) => s_classes.GetValueOrDefault(wire) ?? Pascal(wire);

    public static string Enum(string wire) => s_enums.GetValueOrDefault(wire) ?? Pascal(wire);

    public static string Property(string wire, string owner) => Pascal(wire) is var name && name == owner ? name + "Name" : name;

    public static string EnumValue(string wire) => Pascal(wire) is { Length: > 0 } name ? char.IsDigit(name[0]) ? "Of" + name : name : "Empty";

    public static string Pascal(string wire)
    {
        var text = new StringBuilder();
        foreach (var word in wire.Split(['_', '-', ' ', '.', '/', ':'], StringSplitOptions.RemoveEmptyEntries))
            text.Append(char.ToUpperInvariant(word[0])).Append(word[1..].ToLowerInvariant());
        return text.ToString();
    }
}
