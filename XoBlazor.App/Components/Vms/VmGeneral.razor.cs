using Microsoft.AspNetCore.Components;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Vms;

/// <summary>A VM's facts.</summary>
public sealed partial class VmGeneral
{
    [Parameter, EditorRequired]
    public PoolPicture Picture { get; set; } = default!;

    [Parameter, EditorRequired]
    public Vm Vm { get; set; } = default!;

    /// <summary>It is one that runs, or could: not of the past, and not gone.</summary>
    [Parameter]
    public bool ShowsScreen { get; set; }

    private string ToolsText => Picture.ToolsOf(Vm) is var tools ? tools.State switch
    {
        GuestToolsState.Unknown => "unknown while it does not run",
        GuestToolsState.NotDetected => "not installed or not running",
        GuestToolsState.DriversOnly => "drivers only, no agent",
        GuestToolsState.Detected => tools.Version.Length > 0 ? tools.Version : "running",
    } : "";

    private string VcpuText => Vm.VcpusMax > Vm.VcpusAtStartup ? $"{Picture.VcpusOf(Vm)} of at most {Vm.VcpusMax}" : $"{Picture.VcpusOf(Vm)}";

    private string DomainText
    {
        get
        {
            var type = Picture.Get(Vm.Metrics) is { } metrics && metrics.CurrentDomainType is not (DomainType.Unrecognised or DomainType.Unspecified)
                ? metrics.CurrentDomainType : Vm.DomainType;
            return type switch
            {
                DomainType.Hvm => "HVM",
                DomainType.Pv => "PV",
                DomainType.PvInPvh => "PV in PVH",
                DomainType.Pvh => "PVH",
                DomainType.Unspecified or DomainType.Unrecognised => Vm.HvmBootPolicy.Length > 0 ? "HVM" : "PV",
            };
        }
    }

    /// <summary>What it has beside disks and network devices.</summary>
    private List<XapiObject> Devices => [.. Picture.Get(Vm.Vgpus), .. Picture.Get(Vm.Vtpms)];

    private string DeviceText(XapiObject device) => device is Vgpu gpu
        ? $"GPU {gpu.Device}" + (Picture.Get(gpu.Type) is { ModelName.Length: > 0 } type ? $" · {type.ModelName}" : Picture.Get(gpu.GpuGroup) is { } group ? $" · {group.NameLabel}" : "")
        : "Virtual TPM";

    private string HaText => Vm.HaRestartPriority switch
    {
        "restart" => "always",
        "best-effort" => "where there is room",
        "" => "no",
        var other => other,
    };
}
