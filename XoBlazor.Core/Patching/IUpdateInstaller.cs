using XoBlazor.Core.Store;

namespace XoBlazor.Core.Patching;

/// <summary>
/// Installs what is missing, without a reboot and without moving a VM. Asks for no rights and writes no audit: whoever calls does. May be called again after it was cut off:
/// what is installed already is not installed twice. Failures are <see cref="PatchingException"/>; what was uploaded for it is removed in every end.
/// </summary>
public interface IUpdateInstaller
{
    /// <summary>All that one host lacks, of a generation that <see cref="HostGenerations.IsPerHost"/>. Its VMs need not be away.</summary>
    /// <param name="told">Told what goes on, for people.</param>
    Task InstallOnHostAsync(ObjectKey host, Action<string> told, CancellationToken token);

    /// <summary>All that the hosts of a pool lack, of any generation: where hosts are brought up to date one by one, the coordinator first.</summary>
    /// <param name="poolUuid">The pool's.</param>
    /// <param name="told">Told what goes on, for people.</param>
    Task InstallOnPoolAsync(string poolUuid, Action<string> told, CancellationToken token);
}
