using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Transfers;

namespace XoBlazor.App.Api.Methods;

/// <summary>Registers the methods, a class for each of Xen Orchestra's namespaces.</summary>
internal static class MethodServices
{
    public static void AddApiMethods(this IServiceCollection services)
    {
        services.AddSingleton<IApiMethods, SystemMethods>();
        services.AddSingleton<IApiMethods, SessionMethods>();
        services.AddSingleton<IApiMethods, TokenMethods>();
        services.AddSingleton<Subjects>();
        services.AddSingleton<IApiMethods, UserMethods>();
        services.AddSingleton<IApiMethods, GroupMethods>();
        services.AddSingleton<IApiMethods, AclMethods>();
        services.AddSingleton<IApiMethods, ServerMethods>();
        services.AddSingleton<IApiMethods, ConnectionMethods>();
        services.AddSingleton<OperationVerbs>();
        services.AddSingleton<IApiMethods, VmPowerMethods>();
        services.AddSingleton<IApiMethods, VmMethods>();
        services.AddSingleton<IApiMethods, VmCreationMethods>();
        services.AddSingleton<IApiMethods, DiskMethods>();
        services.AddSingleton<IApiMethods, TransferMethods>();
        services.AddSingleton<ApiTransfers>();
        services.AddSingleton<IApiMethods, NetworkMethods>();
        services.AddSingleton<IApiMethods, StorageMethods>();
        services.AddSingleton<IApiMethods, HostMethods>();
        services.AddSingleton<IApiMethods, ObjectMethods>();
        services.AddSingleton<IApiMethods, CloudConfigMethods>();
        services.AddSingleton<IApiMethods, InterfaceMethods>();
        services.AddSingleton<IApiMethods, HardwareMethods>();
        services.AddSingleton<IApiMethods, OperationMethods>();
        services.AddSingleton<IApiMethods, QueueMethods>();
        services.AddSingleton<IApiMethods, JournalMethods>();
        services.AddSingleton<IApiMethods, PluginMethods>();
        services.AddSingleton<IApiMethods, NotificationMethods>();
        services.AddSingleton<UpdateMethods>();
        services.AddSingleton<IApiMethods>(static provider => provider.GetRequiredService<UpdateMethods>());
        services.AddSingleton<MetricsMethods>();
        services.AddSingleton<IApiMethods>(static provider => provider.GetRequiredService<MetricsMethods>());
        services.AddSingleton<HistoryMethods>();
        services.AddSingleton<IApiMethods>(static provider => provider.GetRequiredService<HistoryMethods>());
    }
}
