{{/* A StatefulSet of silos. Takes the root, a component (silo or gpu), its values, an image and the embedding service's address. */}}
{{- define "mc.silos" -}}
{{- $server := and (eq .component "gpu") .root.Values.gpu.modelServer.enabled -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ include "mc.fullname" .root }}-{{ .component }}
  labels:
    {{- include "mc.labels" . | nindent 4 }}
spec:
  serviceName: {{ include "mc.fullname" .root }}-{{ .component }}
  {{- if not .values.autoscaling.enabled }}
  replicas: {{ .values.replicas }}
  {{- end }}
  podManagementPolicy: Parallel
  minReadySeconds: {{ .values.minReadySeconds }}
  updateStrategy:
    type: RollingUpdate
  selector:
    matchLabels:
      {{- include "mc.selector" . | nindent 6 }}
  template:
    metadata:
      {{- include "mc.podMetadata" . | nindent 6 }}
    spec:
      {{- include "mc.podSpec" . | nindent 6 }}
      {{- if eq .component "gpu" }}
      {{- with .values.runtimeClassName }}
      runtimeClassName: {{ . }}
      {{- end }}
      {{- end }}
      {{- if $server }}
      # Up before the silo and down after it.
      initContainers:
        - name: model-server
          restartPolicy: Always
          {{- with .values.modelServer }}
          image: {{ .image }}
          {{- with .args }}
          args:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- with .env }}
          env:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          ports:
            - {name: model, containerPort: {{ .port }}}
          startupProbe:
            httpGet: {path: {{ .healthPath }}, port: model}
            periodSeconds: 5
            timeoutSeconds: 3
            # A model is fetched at the first start.
            failureThreshold: 240
          resources:
            {{- $accelerator := dict $.values.accelerator.resource $.values.accelerator.count }}
            requests:
              {{- toYaml (merge (dict) .resources.requests $accelerator) | nindent 14 }}
            limits:
              {{- toYaml (merge (dict) .resources.limits $accelerator) | nindent 14 }}
          securityContext:
            {{- toYaml .securityContext | nindent 12 }}
          volumeMounts:
            - {name: models, mountPath: {{ .cachePath }}}
            - {name: tmp, mountPath: /tmp, subPath: model-server}
          {{- end }}
      {{- end }}
      containers:
        - name: silo
          image: {{ .image }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          args:
            - --role={{ .component }}
            - --store=redis
            {{- if .root.Values.redis.unsafe }}
            - --unsafe-redis
            {{- end }}
            - --cluster={{ include "mc.cluster" .root }}
            - --tenant={{ .root.Values.tenant }}
            - --name=$(POD_NAME)
            - --advertise=$(POD_IP)
            - --silo-port=11111
            - --client-port=30000
            - --urls=http://+:8080
            - --data=/data
          env:
            - name: POD_NAME
              valueFrom: {fieldRef: {fieldPath: metadata.name}}
            - name: POD_IP
              valueFrom: {fieldRef: {fieldPath: status.podIP}}
            {{- include "mc.env" . | nindent 12 }}
          ports:
            - {name: http, containerPort: 8080}
            - {name: silo, containerPort: 11111}
            - {name: client, containerPort: 30000}
          {{- include "mc.probes" . | nindent 10 }}
          resources:
            {{- toYaml .values.resources | nindent 12 }}
          securityContext:
            {{- include "mc.containerSecurity" . | nindent 12 }}
          volumeMounts:
            {{- include "mc.scratchMounts" . | nindent 12 }}
      volumes:
        {{- include "mc.scratch" . | nindent 8 }}
        {{- if $server }}
        - name: models
          emptyDir: {sizeLimit: {{ .values.modelServer.cacheSize }}}
        {{- end }}
{{- end -}}

{{/* No balancing: silos find each other in Redis, and gateways find them there. For names of pods and for Prometheus. */}}
{{- define "mc.headless" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "mc.fullname" .root }}-{{ .component }}
  labels:
    {{- include "mc.labels" . | nindent 4 }}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    {{- include "mc.selector" . | nindent 4 }}
  ports:
    - {name: http, port: 8080, targetPort: http}
    - {name: silo, port: 11111, targetPort: silo}
    - {name: client, port: 30000, targetPort: client}
{{- end -}}

{{- define "mc.budget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "mc.fullname" .root }}-{{ .component }}
  labels:
    {{- include "mc.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ .values.podDisruptionBudget.maxUnavailable }}
  # A pod that is broken already must not keep its node from being drained.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "mc.selector" . | nindent 6 }}
{{- end -}}

{{/* Takes also the kind of the workload, metrics of pods (name → target) and whether CPU counts. */}}
{{- define "mc.autoscaler" -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "mc.fullname" .root }}-{{ .component }}
  labels:
    {{- include "mc.labels" . | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: {{ .kind }}
    name: {{ include "mc.fullname" .root }}-{{ .component }}
  minReplicas: {{ .values.autoscaling.minReplicas }}
  maxReplicas: {{ .values.autoscaling.maxReplicas }}
  metrics:
    {{- range $name, $target := .metrics }}
    {{- if $target }}
    - type: Pods
      pods:
        metric: {name: {{ $name }}}
        target: {type: AverageValue, averageValue: {{ $target | quote }}}
    {{- end }}
    {{- end }}
    {{- with .values.autoscaling.cpuPercent }}
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: {{ . }}}
    {{- end }}
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 30
      policies:
        - {type: Pods, value: 2, periodSeconds: 60}
    # One at a time: what a pod held opens elsewhere before the next one goes.
    scaleDown:
      stabilizationWindowSeconds: {{ .values.autoscaling.scaleDownStabilizationSeconds }}
      policies:
        - {type: Pods, value: 1, periodSeconds: 120}
{{- end -}}
