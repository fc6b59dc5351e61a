using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using XoBlazor.Core.Access;
using XoBlazor.Core.Operations.CustomFields;
using XoBlazor.Core.Operations.Hosts;
using XoBlazor.Core.Operations.Messages;
using XoBlazor.Core.Operations.Networks;
using XoBlazor.Core.Operations.Pools;
using XoBlazor.Core.Operations.Storage;
using XoBlazor.Core.Operations.Tags;
using XoBlazor.Core.Operations.Tasks;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Operations.Updates;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Operations.Vms.CloudInit;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Transfers.Remote;

namespace XoBlazor.Core.Operations;

public static class OperationServices
{
    /// <summary>The catalogue of all operations and of their rights (a feature adds rights of its own as <see cref="Right"/> services), and what runs them. Needs the store, the pools' connections and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddAccess();
        services.AddSingleton(static p =>
        {
            var operations = p.GetRequiredService<OperationCatalogue>();
            return new RightCatalogue([.. Right.Readings, .. operations.Rights, .. p.GetServices<Right>()], () => operations.ProvidedRights);
        });
        services.AddSingleton(TransferRights.Order);
        services.AddSingleton<TaskWatch>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoreObserver, TaskWatch>(p => p.GetRequiredService<TaskWatch>()));
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<RemoteFileOptions>().ValidateDataAnnotations();
        services.AddSingleton<RemoteFiles>();
        services.AddSingleton<RemoteImports>();
        services.AddSingleton<RollingRuns>();
        services.AddSingleton(static p => new RollingOperations(p.GetRequiredService<RollingRuns>(), p.GetRequiredService<IMissingUpdates>));
        services.AddSingleton<UpdateInstallation>();
        services.AddSingleton<IUpdateInstaller, UpdateInstaller>();
        services.AddSingleton(static p => new UpdateOperations(new(p.GetRequiredService<IMissingUpdates>), new(p.GetRequiredService<UpdateInstallation>)));
        services.AddSingleton(static p => new RepositoryOperations(new(p.GetRequiredService<IMissingUpdates>)));
        services.AddSingleton(p => new OperationCatalogue(
        [
            .. VmOperations.All, .. VmTransfers.All, .. DiskTransfers.All, .. p.GetRequiredService<RemoteImports>().All, .. DeviceOperations.All, .. DiskOperations.All, .. DriveOperations.All, .. SrOperations.All, .. SrCreation.All, .. SrProbes.All, .. ChainOperations.All, .. NetworkOperations.All,
            .. HostOperations.All, .. HostQuestions.All, .. HostDownloads.All, .. InterfaceOperations.All, .. PoolOperations.All, .. p.GetRequiredService<RollingOperations>().All, .. p.GetRequiredService<UpdateOperations>().All, .. p.GetRequiredService<RepositoryOperations>().All, .. TagOperations.All, .. CustomFieldOperations.All, .. MessageOperations.All, .. TaskOperations.All,
        ]));
        services.AddOptions<QueueOptions>().ValidateDataAnnotations();
        services.AddSingleton<TransferQueue>();
        services.AddSingleton<QueueActs>();
        services.AddSingleton<OperationRunner>();
        services.AddHostedService<ConfigDriveLoop>();
        return services;
    }

    /// <summary>Keeps what copies leave behind across restarts, and takes it away.</summary>
    public static IServiceCollection AddLeftovers<T>(this IServiceCollection services) where T : class, ILeftoverStore =>
        services.AddSingleton<ILeftoverStore, T>().AddSingleton<Leftovers>().AddHostedService<LeftoverLoop>();

    /// <summary>Keeps transfers across restarts, and takes up those that waited.</summary>
    public static IServiceCollection AddTransferStore<T>(this IServiceCollection services) where T : class, ITransferStore =>
        services.AddSingleton<ITransferStore, T>().AddHostedService<TransferLoop>();
}
