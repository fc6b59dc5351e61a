namespace XoBlazor.App.Api.Catalogue;

/// <summary>The methods of one namespace or feature. Registered as a service, found by <see cref="ApiCatalogue"/>.</summary>
internal interface IApiMethods
{
    IEnumerable<ApiMethod> Methods { get; }
}
