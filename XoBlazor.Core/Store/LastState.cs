using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store;

/// <summary>
/// An object that is gone as it is remembered, to judge who may know of it: what it was called and marked with, and what it belonged to.
/// The rest, which is most of its weight, is left out; so are the things that belonged to it, as they say themselves to whom.
/// </summary>
internal static class LastState
{
    public static XapiObject Of(XapiObject last) => last switch
    {
        Vm vm => new Vm
        {
            Ref = vm.Ref,
            Uuid = vm.Uuid,
            NameLabel = vm.NameLabel,
            Tags = vm.Tags,
            OtherConfig = vm.OtherConfig,
            CurrentOperations = vm.CurrentOperations,
            IsATemplate = vm.IsATemplate,
            IsDefaultTemplate = vm.IsDefaultTemplate,
            IsASnapshot = vm.IsASnapshot,
            IsControlDomain = vm.IsControlDomain,
            SnapshotOf = vm.SnapshotOf,
            ResidentOn = vm.ResidentOn,
            SuspendVdi = vm.SuspendVdi,
            Blobs = vm.Blobs,
        },
        Vdi disk => new Vdi
        {
            Ref = disk.Ref,
            Uuid = disk.Uuid,
            NameLabel = disk.NameLabel,
            Tags = disk.Tags,
            CurrentOperations = disk.CurrentOperations,
            Type = disk.Type,
            Sr = disk.Sr,
            IsASnapshot = disk.IsASnapshot,
            SnapshotOf = disk.SnapshotOf,
        },
        Vbd drive => new Vbd { Ref = drive.Ref, Uuid = drive.Uuid, CurrentOperations = drive.CurrentOperations, Type = drive.Type, Vm = drive.Vm, Vdi = drive.Vdi },
        _ => last,
    };
}
