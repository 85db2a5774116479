// Reads YAML documents from its input and prints, as JSON, each object and what its schema says against it.
//
// The schemas are compiled: functions that look at the fields that a type has. A field that none of them looked at is one that the
// type has not, and the API server would refuse it (--validate=strict); so objects are handed to them through a proxy that notes it.
import { existsSync, readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

const groups = {
  "v1": ["kubernetes-models", "IoK8sApiCoreV1"],
  "apps/v1": ["kubernetes-models", "IoK8sApiAppsV1"],
  "autoscaling/v2": ["kubernetes-models", "IoK8sApiAutoscalingV2"],
  "batch/v1": ["kubernetes-models", "IoK8sApiBatchV1"],
  "networking.k8s.io/v1": ["kubernetes-models", "IoK8sApiNetworkingV1"],
  "policy/v1": ["kubernetes-models", "IoK8sApiPolicyV1"],
  "monitoring.coreos.com/v1": [
    "@kubernetes-models/prometheus-operator", "ComGithubPrometheusOperatorPrometheusOperatorPkgApisMonitoringV1"],
};

function watched(value, path, seen) {
  if (value === null || typeof value !== "object") return value;
  seen.set(path, { keys: Object.keys(value), read: new Set() });
  const inner = new Map();
  return new Proxy(value, {
    get(target, key) {
      if (typeof key === "symbol" || !Object.hasOwn(target, key)) return target[key];
      seen.get(path).read.add(key);
      if (!inner.has(key)) inner.set(key, watched(target[key], `${path}/${key}`, seen));
      return inner.get(key);
    },
  });
}

// Below a field that nobody knows nothing is looked at: it alone is told.
function unread(seen) {
  return [...seen].flatMap(([path, { keys, read }]) => keys.filter(key => !read.has(key)).map(key => `${path}/${key}: unknown field`));
}

async function problemsOf(object) {
  const [library, prefix] = groups[object?.apiVersion] ?? [];
  if (!library) return [`/apiVersion: ${object?.apiVersion} is none that is known here`];
  // By its file: not every one of these packages exports its schemas by name.
  const file = new URL(`node_modules/${library}/_schemas/${prefix}${object.kind}.js`, import.meta.url);
  if (!existsSync(file)) return [`/kind: ${object.kind} is no kind of ${object.apiVersion}`];
  const { validate } = await import(file);
  const seen = new Map();
  const holds = validate(watched(object, "", seen));
  const wrong = holds ? [] : validate.errors.map(error => `${error.instancePath}: ${error.keyword} ${JSON.stringify(error.params)}`);
  return [...wrong, ...unread(seen)];
}

const answers = [];
// Version 1.1 is what kubectl and helm read: an unquoted yes or 0440 is not the string that it looks like.
for (const document of parseAllDocuments(readFileSync(0, "utf8"), { version: "1.1", uniqueKeys: true })) {
  const broken = document.errors.map(error => error.message);
  const object = broken.length > 0 ? null : document.toJS();
  if (object === null && broken.length === 0) continue;
  answers.push({
    object: `${object?.kind}/${object?.metadata?.name}`,
    problems: broken.length > 0 ? broken : await problemsOf(object),
  });
}
process.stdout.write(JSON.stringify(answers));
