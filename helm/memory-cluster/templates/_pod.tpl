{{/* Parts of a pod that all roles have. Takes the root, a component and its values. */}}
{{- define "mc.podMetadata" -}}
labels:
  {{- include "mc.selector" . | nindent 2 }}
  app.kubernetes.io/part-of: memory-cluster
  {{- with .values.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .values.podAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "mc.podSpec" -}}
serviceAccountName: {{ include "mc.fullname" .root }}
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: {{ .root.Values.termination.gracePeriodSeconds }}
securityContext:
  {{- toYaml .root.Values.podSecurityContext | nindent 2 }}
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .root.Values.topologySpread.enabled }}
topologySpreadConstraints:
  {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: {{ $.root.Values.topologySpread.whenUnsatisfiable }}
    labelSelector:
      matchLabels:
        {{- include "mc.selector" $ | nindent 8 }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "mc.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Live is about the process alone; ready asks Redis and the cluster. A start waits for both, for five minutes. */}}
{{- define "mc.probes" -}}
startupProbe:
  httpGet: {path: /healthz/live, port: http}
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 150
livenessProbe:
  httpGet: {path: /healthz/live, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /healthz/ready, port: http}
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
{{- end -}}

{{/* Takes the root, and the embedding service's address where one is asked. */}}
{{- define "mc.env" -}}
{{- $v := .root.Values -}}
{{- $redis := include "mc.redisAddress" .root }}
{{- if $v.redis.user }}{{ $redis = printf "%s,user=%s" $redis $v.redis.user }}{{ end }}
{{- if $v.redis.tls }}{{ $redis = printf "%s,ssl=true" $redis }}{{ end }}
{{- with $v.redis.passwordSecret }}
{{- if .name }}
{{- $redis = printf "%s,password=$(REDIS_PASSWORD)" $redis }}
- name: REDIS_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ .name }}, key: {{ .key }}}}
{{- end }}
{{- end }}
- name: Storage__Redis
  value: {{ $redis | quote }}
- name: Embedding__Provider
  value: {{ $v.embedding.provider }}
{{- if .embeddingEndpoint }}
- name: Embedding__Http__Endpoint
  value: {{ .embeddingEndpoint | quote }}
- name: Embedding__Http__Model
  value: {{ $v.embedding.model | quote }}
{{- with $v.embedding.dimensions }}
- name: Embedding__Http__Dimensions
  value: {{ . | quote }}
{{- end }}
{{- with $v.embedding.apiKeySecret }}
{{- if .name }}
- name: Embedding__Http__ApiKey
  valueFrom: {secretKeyRef: {name: {{ .name }}, key: {{ .key }}}}
{{- end }}
{{- end }}
{{- end }}
{{- range $name, $value := $v.config }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- with $v.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Where embeddings are made for processes that have no model server in their pod. */}}
{{- define "mc.embeddingEndpoint" -}}
{{- if eq .Values.embedding.provider "http" -}}
{{- if .Values.gpu.modelServer.enabled -}}
{{- printf "http://%s-model-server:%v%s" (include "mc.fullname" .) .Values.gpu.modelServer.port .Values.gpu.modelServer.path -}}
{{- else -}}
{{- .Values.embedding.endpoint -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "mc.scratch" -}}
- name: tmp
  emptyDir: {sizeLimit: 64Mi}
- name: data
  emptyDir: {sizeLimit: {{ .values.scratchSize | default "64Mi" }}}
{{- end -}}

{{- define "mc.scratchMounts" -}}
- {name: tmp, mountPath: /tmp}
- {name: data, mountPath: /data}
{{- end -}}
