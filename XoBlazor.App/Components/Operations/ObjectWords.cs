using XoBlazor.Core.Model;

namespace XoBlazor.App.Components.Operations;

/// <summary>What objects of a class are called in a sentence.</summary>
internal static class ObjectWords
{
    public static string Plural(XapiClass type) => type switch
    {
        XapiClass.Vm => "VMs",
        XapiClass.Host => "hosts",
        XapiClass.Sr => "SRs",
        XapiClass.Vdi => "disks",
        XapiClass.Network => "networks",
        XapiClass.XapiTask => "tasks",
        XapiClass.XapiMessage => "alerts",
        _ => "objects",
    };
}
