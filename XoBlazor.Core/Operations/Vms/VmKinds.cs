using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>Which of the things that XAPI keeps as VMs an operation is for.</summary>
internal static class VmKinds
{
    public static bool IsVm(Vm vm) => vm.Kind() == VmKind.Vm;

    public static bool IsTemplate(Vm vm) => vm.Kind() is VmKind.Template or VmKind.DefaultTemplate;

    public static bool IsSnapshot(Vm vm) => vm.Kind() == VmKind.Snapshot;

    public static bool IsVmOrTemplate(Vm vm) => IsVm(vm) || IsTemplate(vm);

    public static bool IsNotControlDomain(Vm vm) => !vm.IsControlDomain;
}
